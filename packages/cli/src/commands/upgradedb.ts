import { upgrade } from '@freshmaker/migrator/engine';
import { executionLines } from '../render/execution.ts';
import { DatabaseCommand } from '../run/database-command.ts';
import { migrateFlags, migrateOptions } from '../run/migrate-flags.ts';

export default class UpgradeDatabase extends DatabaseCommand {
  static override summary = 'Bring the database to head: the same as `db upgrade head`.';
  static override flags = { ...migrateFlags };
  static override examples = [
    { description: 'Apply all new revisions', command: '<%= config.bin %> <%= command.id %>' },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(UpgradeDatabase);
    return this.withWorkspace(flags, async (workspace) => {
      const options = migrateOptions(flags, workspace.file, this.invocation);
      const result = await upgrade(workspace, 'head', options);
      workspace.output.answer(result, () =>
        executionLines(result, 'Applied', workspace.progress.isLeftToOthers),
      );
      return 0;
    });
  }
}
