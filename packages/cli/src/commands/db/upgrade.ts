import { offlineUpgrade, planUpgradeSteps, upgrade } from '@freshmaker/migrator/engine';
import { planLines } from '../../render/plan.ts';
import { sqlLines } from '../../render/sql.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { execute } from '../../run/execute.ts';
import { migrateFlags } from '../../run/migrate-flags.ts';
import { previewFlags } from '../../run/preview-flags.ts';
import { revisionArgument } from '../../run/revision-argument.ts';

export default class Upgrade extends DatabaseCommand {
  static override summary = 'Apply revisions up to a target.';
  static override args = { rev: revisionArgument('Where to go', 'head') };
  static override flags = { ...migrateFlags, ...previewFlags };
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
      const { scripts, driver, output } = workspace;
      if (flags.sql) {
        const context = { scripts, dialect: driver.dialect };
        const document = await offlineUpgrade(context, args.rev, { skipDataSteps: flags['skip-data-steps'] });
        output.answer(document, () => sqlLines(document));
      } else if (flags.plan) {
        const document = await planUpgradeSteps(workspace, args.rev);
        output.answer(document, () => planLines(document, { sql: flags.verbose }));
      } else {
        const { result, lines } = await execute(workspace, flags, this.invocation, 'Applied', (options) =>
          upgrade(workspace, args.rev, options),
        );
        output.answer(result, () => lines);
      }
      return 0;
    });
  }
}
