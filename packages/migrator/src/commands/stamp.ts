import type { Dialect } from '../dialects/dialect.ts';
import { dialectOf } from '../dialects/dialect-of.ts';
import type { Driver } from '../driver/driver.ts';
import { checkCurrentHeads } from '../revision/current-heads.ts';
import { planStamp } from '../revision/plan-stamp.ts';
import type { ExecutionResult } from '../runtime/executor.ts';
import { readHeads } from '../runtime/read-heads.ts';
import { isHalfDone, stamp as writeStamp } from '../runtime/stamp.ts';
import { readHistory } from '../script/script-directory.ts';
import { type DatabaseContext, listenerOf, readOptions } from './context.ts';
import { budgetOf, type MigrateOptions } from './upgrade.ts';

export interface StampCommandOptions extends MigrateOptions {
  /** Forget all version rows first, whatever they are. */
  readonly purge?: boolean;
}

/** Says where a database is without running anything; a revision that was left half done is forgotten. */
export async function stamp(
  context: DatabaseContext,
  targets: string | readonly string[] = 'head',
  options: StampCommandOptions = {},
): Promise<ExecutionResult> {
  const dialect = dialectOf(context.driver.dialect);
  const map = await readHistory(context.scripts);
  const budget = budgetOf(context, options);
  const purge = options.purge ?? false;
  // Rows that are to go may be anything.
  const rows = purge
    ? []
    : checkCurrentHeads(map, await readHeads(context.driver, dialect, readOptions(context, budget)));
  const plan = planStamp(map, rows, [targets].flat(), { purge });
  if (plan.steps.length === 0 && !purge && !(await isLeftHalfDone(context.driver, dialect)))
    return { applied: [], current: plan.toHeads };
  return writeStamp({
    driver: context.driver,
    dialect,
    plan,
    budget,
    listener: listenerOf(context),
  });
}

async function isLeftHalfDone(driver: Driver, dialect: Dialect): Promise<boolean> {
  return (await driver.exists()) && driver.withSession((session) => isHalfDone(session, dialect));
}
