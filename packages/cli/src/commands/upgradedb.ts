import { upgrade } from '@freshmaker/migrator/engine';
import { DatabaseCommand } from '../run/database-command.ts';
import { execute } from '../run/execute.ts';
import { migrateFlags } from '../run/migrate-flags.ts';

export default class UpgradeDatabase extends DatabaseCommand {
  static override summary = 'Bring the database to head: the same as `db upgrade head`.';
  static override flags = { ...migrateFlags };
  static override examples = [
    { description: 'Apply all new revisions', command: '<%= config.bin %> <%= command.id %>' },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(UpgradeDatabase);
    return this.withWorkspace(flags, async (workspace) => {
      const { result, lines } = await execute(workspace, flags, this.invocation, 'Applied', (options) =>
        upgrade(workspace, 'head', options),
      );
      workspace.output.answer(result, () => lines);
      return 0;
    });
  }
}
