import type { Dialect } from '../dialects/dialect.ts';
import type { Driver, Session } from '../driver/driver.ts';
import { SessionLender } from '../driver/session-lender.ts';
import { DatabaseStateError, MigratorError } from '../errors.ts';
import type { StampPlan } from '../revision/plan.ts';
import type { EventListener } from './events.ts';
import type { AppliedStep, ExecutionResult } from './executor.ts';
import { commitWhenFree } from './run-transaction.ts';
import { CheckpointTable } from './segments/checkpoint.ts';
import { VersionTable } from './version-table.ts';
import type { LockBudget } from './waiting/lock-budget.ts';
import { beginTransaction, holdLock, type LockEnvironment } from './waiting/transaction-lock.ts';

export interface StampOptions {
  readonly driver: Driver;
  readonly dialect: Dialect;
  readonly plan: StampPlan;
  readonly budget: LockBudget;
  readonly listener: EventListener;
}

/**
 * Writes version rows, all in one transaction, without running a script. A revision that was left half done is forgotten:
 * whoever stamps says where the database is.
 */
export async function stamp(options: StampOptions): Promise<ExecutionResult> {
  const { driver, dialect, plan } = options;
  try {
    return await driver.withSession(async (session) => {
      const lender = new SessionLender(driver);
      const environment = { ...options, session, lender, database: driver.description };
      // Somebody may be at work on it.
      const held = (await isHalfDone(session, dialect)) ? await holdLock(environment) : undefined;
      if (held === null) return { applied: [], current: plan.fromHeads };
      try {
        return await writeRows(environment, held !== undefined);
      } finally {
        await held?.release();
      }
    });
  } catch (error) {
    if (error instanceof MigratorError) throw error;
    throw dialect.translateError(error, driver.description) ?? error;
  }
}

/** Whether there is a revision that takes several transactions and has not had all of them. */
export async function isHalfDone(session: Session, dialect: Dialect): Promise<boolean> {
  return (await new CheckpointTable(dialect).read(session)) !== null;
}

async function writeRows(
  environment: StampOptions & LockEnvironment,
  held: boolean,
): Promise<ExecutionResult> {
  const { session, dialect, plan } = environment;
  const versionTable = new VersionTable(dialect);
  const transaction = await beginTransaction(environment, { foreignKeysOff: false, held });
  if (transaction === null) return { applied: [], current: plan.fromHeads };
  try {
    if (!(await versionTable.exists(session))) await session.query(versionTable.creation);
    if (plan.purge) await session.query(versionTable.purge);
    else refuseMoved(plan, await versionTable.read(session));
    const applied: AppliedStep[] = [];
    for (const step of plan.steps) {
      const started = performance.now();
      await versionTable.apply(session, step.versionChange);
      const durationMs = Math.round(performance.now() - started);
      applied.push({ revision: step.revision, direction: 'stamp', durationMs });
    }
    if (held) await new CheckpointTable(dialect).drop(session);
    await commitWhenFree(transaction, environment);
    return { applied, current: plan.toHeads };
  } catch (error) {
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

function refuseMoved(plan: StampPlan, rows: readonly string[]): void {
  const same = rows.length === plan.fromHeads.length && rows.every((row) => plan.fromHeads.includes(row));
  if (same) return;
  throw new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The version table was changed by another migrator meanwhile: it holds ${rows.join(', ') || 'no rows'}.`,
    { hint: 'Look at `db current`, then stamp again.', facts: { current: rows } },
  );
}
