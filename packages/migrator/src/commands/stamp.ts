import { dialectOf } from '../dialects/dialect-of.ts';
import { checkCurrentHeads } from '../revision/current-heads.ts';
import { planStamp } from '../revision/plan-stamp.ts';
import type { ExecutionResult } from '../runtime/executor.ts';
import { readHeads } from '../runtime/read-heads.ts';
import { stamp as writeStamp } from '../runtime/stamp.ts';
import { DEFAULT_LOCK } from '../runtime/transaction-lock.ts';
import { readHistory } from '../script/script-directory.ts';
import { type DatabaseContext, listenerOf } from './context.ts';
import type { MigrateOptions } from './upgrade.ts';

export interface StampCommandOptions extends MigrateOptions {
  /** Forget all version rows first, whatever they are. */
  readonly purge?: boolean;
}

/** Says where a database is without running anything. */
export async function stamp(
  context: DatabaseContext,
  targets: string | readonly string[] = 'head',
  options: StampCommandOptions = {},
): Promise<ExecutionResult> {
  const dialect = dialectOf(context.driver.dialect);
  const map = await readHistory(context.scripts);
  const rows = await readHeads(context.driver, dialect);
  const purge = options.purge ?? false;
  const plan = planStamp(map, purge ? rows : checkCurrentHeads(map, rows), [targets].flat(), { purge });
  if (plan.steps.length === 0 && !purge) return { applied: [], current: plan.toHeads };
  return writeStamp({
    driver: context.driver,
    dialect,
    plan,
    lock: options.lock ?? DEFAULT_LOCK,
    listener: listenerOf(context),
  });
}
