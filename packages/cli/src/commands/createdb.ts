import { createDatabase } from '@freshmaker/migrator/engine';
import { DatabaseCommand } from '../run/database-command.ts';
import { execute } from '../run/execute.ts';
import { migrateFlags } from '../run/migrate-flags.ts';
import { modelsAhead } from '../run/models-ahead.ts';

export default class CreateDatabase extends DatabaseCommand {
  static override summary = 'Create the database if it is missing, and bring it to head.';
  static override description = 'May be run again at any time: it then applies what is new, or does nothing.';
  static override flags = { ...migrateFlags };
  static override examples = [
    { description: 'Set up the default database', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Create a PostgreSQL database and its tables',
      command: '<%= config.bin %> <%= command.id %> --database-url postgresql://user@host/freshmaker',
    },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(CreateDatabase);
    return this.withWorkspace(flags, async (workspace) => {
      const { result, lines } = await execute(workspace, flags, this.invocation, 'Applied', (options) =>
        createDatabase(workspace, options),
      );
      const ahead = await modelsAhead(workspace);
      const created = result.created ? [`Created the ${workspace.driver.description}.`] : [];
      workspace.output.answer({ ...result, modelsAhead: ahead }, () => [...created, ...lines]);
      if (ahead.length > 0) {
        workspace.output.note('The models are ahead of the scripts: `db migrate` writes a revision.');
      }
      return 0;
    });
  }
}
