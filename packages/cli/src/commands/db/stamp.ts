import { offlineStamp, stamp } from '@freshmaker/migrator/engine';
import { Args, Flags } from '@oclif/core';
import { executionLines } from '../../render/execution.ts';
import { sqlLines } from '../../render/sql.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { lockFlags, lockOptions } from '../../run/lock-flags.ts';
import { warnOfMisfits } from '../../run/stamp-warning.ts';

export default class Stamp extends DatabaseCommand {
  static override summary = 'Say at which revision the database is, without running anything.';
  static override args = {
    rev: Args.string({
      description: 'The revision, or one for each branch.',
      default: 'head',
      ignoreStdin: true,
      multiple: true,
    }),
  };
  static override flags = {
    purge: Flags.boolean({ description: 'Forget all version rows first, also those no script knows.' }),
    sql: Flags.boolean({ description: 'Print the SQL and write nothing; the revision may be a range A:B.' }),
    ...lockFlags,
  };
  static override examples = [
    { description: 'Take over a database that is at head', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Replace a revision that no script has',
      command: '<%= config.bin %> <%= command.id %> --purge 2358b6f55f24',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Stamp);
    return this.withWorkspace(flags, async (workspace) => {
      if (flags.sql) {
        const context = { scripts: workspace.scripts, dialect: workspace.driver.dialect };
        const document = await offlineStamp(context, [args.rev].flat(), { purge: flags.purge });
        workspace.output.answer(document, () => sqlLines(document));
        return 0;
      }
      const lock = lockOptions(flags, workspace.file);
      const result = await stamp(workspace, args.rev, { purge: flags.purge, lock });
      await warnOfMisfits(workspace);
      workspace.output.answer(result, () => executionLines(result, 'Stamped'));
      return 0;
    });
  }
}
