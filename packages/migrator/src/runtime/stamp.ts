import type { Dialect } from '../dialects/dialect.ts';
import type { Driver } from '../driver/driver.ts';
import { DatabaseStateError, MigratorError } from '../errors.ts';
import type { StampPlan } from '../revision/plan.ts';
import type { EventListener } from './events.ts';
import type { AppliedStep, ExecutionResult } from './executor.ts';
import { beginTransaction, type LockOptions } from './transaction-lock.ts';
import { VersionTable } from './version-table.ts';

export interface StampOptions {
  readonly driver: Driver;
  readonly dialect: Dialect;
  readonly plan: StampPlan;
  readonly lock: LockOptions;
  readonly listener: EventListener;
}

/** Writes version rows, all in one transaction, without running a script. */
export async function stamp(options: StampOptions): Promise<ExecutionResult> {
  const { driver, dialect, plan } = options;
  try {
    return await driver.withSession(async (session) => {
      const versionTable = new VersionTable(dialect);
      const environment = { ...options, session, database: driver.description };
      const transaction = await beginTransaction(environment, false);
      if (transaction === null) return { applied: [], current: plan.fromHeads };
      try {
        if (!(await versionTable.exists(session))) await session.query(versionTable.creation);
        const rows = await versionTable.read(session);
        if (plan.purge) await session.query(versionTable.purge);
        else refuseMoved(plan, rows);
        const applied: AppliedStep[] = [];
        for (const step of plan.steps) {
          const started = performance.now();
          await versionTable.apply(session, step.versionChange);
          const durationMs = Math.round(performance.now() - started);
          applied.push({ revision: step.revision, direction: 'stamp', durationMs });
        }
        await transaction.commit();
        return { applied, current: plan.toHeads };
      } catch (error) {
        await transaction.rollback().catch(() => undefined);
        throw error;
      }
    });
  } catch (error) {
    if (error instanceof MigratorError) throw error;
    throw dialect.translateError(error, driver.description) ?? error;
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
