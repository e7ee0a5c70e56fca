import { upgrade } from '@freshmaker/migrator/engine';
import { executionLines } from '../../render/execution.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { lockFlags, lockOptions } from '../../run/lock-flags.ts';
import { revisionArgument } from '../../run/revision-argument.ts';

export default class Upgrade extends DatabaseCommand {
  static override summary = 'Apply revisions up to a target.';
  static override args = { rev: revisionArgument('Where to go', 'head') };
  static override flags = { ...lockFlags };
  static override examples = [
    { description: 'Bring the database to head', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Apply the next two revisions', command: '<%= config.bin %> <%= command.id %> +2' },
    {
      description: 'Apply everything where the history has branches',
      command: '<%= config.bin %> <%= command.id %> heads',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Upgrade);
    return this.withWorkspace(flags, async (workspace) => {
      const result = await upgrade(workspace, args.rev, { lock: lockOptions(flags, workspace.file) });
      workspace.output.answer(result, () => executionLines(result, 'Applied'));
      return 0;
    });
  }
}
