import { downgrade } from '@freshmaker/migrator/engine';
import { executionLines } from '../../render/execution.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { lockFlags, lockOptions } from '../../run/lock-flags.ts';
import { revisionArgument } from '../../run/revision-argument.ts';

export default class Downgrade extends DatabaseCommand {
  static override summary = 'Revert revisions down to a target.';
  static override args = { rev: revisionArgument('Where to go', '-1') };
  static override flags = { ...lockFlags };
  static override examples = [
    { description: 'Revert the last revision', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Revert the last three', command: '<%= config.bin %> <%= command.id %> -3' },
    { description: 'Revert everything', command: '<%= config.bin %> <%= command.id %> base' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Downgrade);
    return this.withWorkspace(flags, async (workspace) => {
      const result = await downgrade(workspace, args.rev, { lock: lockOptions(flags, workspace.file) });
      workspace.output.answer(result, () => executionLines(result, 'Reverted'));
      return 0;
    });
  }
}
