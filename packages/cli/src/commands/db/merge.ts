import { merge } from '@freshmaker/migrator/engine';
import { Args } from '@oclif/core';
import { clashLines, newScriptLines } from '../../render/new-script.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { scriptFlags, scriptOptions } from '../../run/script-flags.ts';

export default class Merge extends DatabaseCommand {
  static override summary = 'Write a revision that joins heads.';
  static override args = {
    rev: Args.string({ description: 'The heads, or `heads` for all.', multiple: true, ignoreStdin: true }),
  };
  static override flags = { ...scriptFlags };
  static override examples = [
    { description: 'Join all heads', command: '<%= config.bin %> <%= command.id %> heads' },
    {
      description: 'Join two',
      command: '<%= config.bin %> <%= command.id %> ae10 27c6 -m "Join both features"',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Merge);
    return this.withWorkspace(flags, async (workspace) => {
      const document = await merge(workspace, args.rev ?? [], scriptOptions(flags, this.invocation));
      workspace.output.answer(document, () =>
        newScriptLines(document, 'Nothing to merge: there are no two heads.'),
      );
      for (const line of clashLines(document.clashes)) workspace.output.note(line);
      return 0;
    });
  }
}
