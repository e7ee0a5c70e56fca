import { autogenerate } from '../../run/autogenerate.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { autogenerateFlags, placeFlags, scriptFlags } from '../../run/script-flags.ts';

export default class Migrate extends DatabaseCommand {
  static override summary = 'Write a revision with what the models have and the database has not.';
  static override description =
    'A drop, and what may be a rename, is never guessed: on a terminal it asks, elsewhere it names the flags that say it.';
  static override flags = { ...scriptFlags, ...placeFlags, ...autogenerateFlags };
  static override examples = [
    {
      description: 'Write what has changed',
      command: '<%= config.bin %> <%= command.id %> -m "Add time done"',
    },
    { description: 'See it first', command: '<%= config.bin %> <%= command.id %> --dry-run' },
    {
      description: 'Begin a history where there is a database',
      command: '<%= config.bin %> <%= command.id %> --from-database -m "Begin"',
    },
    {
      description: 'Say that a column was renamed',
      command: '<%= config.bin %> <%= command.id %> --rename events.state:status',
    },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(Migrate);
    return this.withWorkspace(flags, async (workspace) => {
      await autogenerate(workspace, flags, this.invocation);
      return 0;
    });
  }
}
