import { current } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { behindLine, currentLines } from '../../render/current.ts';
import { DatabaseCommand } from '../../run/database-command.ts';

export default class Current extends DatabaseCommand {
  static override summary = 'Show at which revision the database is.';
  static override answersNo = 'With `--check-heads`: the database is not at head.';
  static override flags = {
    'check-heads': Flags.boolean({ description: 'Exit with 1 when the database is not at head.' }),
  };
  static override examples = [
    { description: 'Show the revision', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Let a deployment wait for its migrations',
      command: 'until <%= config.bin %> <%= command.id %> --check-heads; do sleep 1; done',
    },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(Current);
    return this.withWorkspace(flags, async (workspace) => {
      const document = await current(workspace);
      workspace.output.answer(document, (style) =>
        currentLines(document, flags.verbose ? workspace.driver.description : null, style),
      );
      const behind = behindLine(document);
      if (behind !== null) workspace.output.note(behind);
      return flags['check-heads'] && document.behind > 0 ? 1 : 0;
    });
  }
}
