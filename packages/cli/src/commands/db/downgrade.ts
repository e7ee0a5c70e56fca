import { downgrade, offlineDowngrade, planDowngradeSteps } from '@freshmaker/migrator/engine';
import { planLines } from '../../render/plan.ts';
import { sqlLines } from '../../render/sql.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { execute } from '../../run/execute.ts';
import { migrateFlags } from '../../run/migrate-flags.ts';
import { previewFlags } from '../../run/preview-flags.ts';
import { revisionArgument } from '../../run/revision-argument.ts';

export default class Downgrade extends DatabaseCommand {
  static override summary = 'Revert revisions down to a target.';
  static override args = { rev: revisionArgument('Where to go', '-1') };
  static override flags = { ...migrateFlags, ...previewFlags };
  static override examples = [
    { description: 'Revert the last revision', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Revert the last three', command: '<%= config.bin %> <%= command.id %> -3' },
    { description: 'Revert everything', command: '<%= config.bin %> <%= command.id %> base' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Downgrade);
    return this.withWorkspace(flags, async (workspace) => {
      const { scripts, driver, output } = workspace;
      if (flags.sql) {
        const context = { scripts, dialect: driver.dialect };
        const document = await offlineDowngrade(context, args.rev, {
          skipDataSteps: flags['skip-data-steps'],
        });
        output.answer(document, () => sqlLines(document));
      } else if (flags.plan) {
        const document = await planDowngradeSteps(workspace, args.rev);
        output.answer(document, () => planLines(document, { sql: flags.verbose }));
      } else {
        const { result, lines } = await execute(workspace, flags, this.invocation, 'Reverted', (options) =>
          downgrade(workspace, args.rev, options),
        );
        output.answer(result, () => lines);
      }
      return 0;
    });
  }
}
