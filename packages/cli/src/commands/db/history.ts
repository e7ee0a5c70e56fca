import { history } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { historyLines } from '../../render/history.ts';
import { DatabaseCommand } from '../../run/database-command.ts';

export default class History extends DatabaseCommand {
  static override summary = 'List the revisions, newest first; on a terminal branches are drawn as a graph.';
  static override flags = {
    'rev-range': Flags.string({
      char: 'r',
      description: 'Only these: A:B, A: or :B, for example -3:current.',
      helpValue: 'A:B',
    }),
    'indicate-current': Flags.boolean({
      char: 'i',
      description: 'Mark the revisions the database is at.',
    }),
  };
  static override examples = [
    { description: 'List all revisions', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'From where the database is to the heads',
      command: '<%= config.bin %> <%= command.id %> -r current:',
    },
    { description: 'Everything about each one', command: '<%= config.bin %> <%= command.id %> --verbose' },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(History);
    return this.withWorkspace(flags, async (workspace) => {
      const document = await history(workspace, {
        range: flags['rev-range'],
        indicateCurrent: flags['indicate-current'],
      });
      const { output } = workspace;
      output.answer(document, (style) =>
        historyLines(document, style, { verbose: flags.verbose, graph: output.isTerminal }),
      );
      return 0;
    });
  }
}
