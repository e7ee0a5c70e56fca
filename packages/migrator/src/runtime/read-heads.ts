import type { Dialect } from '../dialects/dialect.ts';
import type { Driver, Session } from '../driver/driver.ts';
import { MigratorError } from '../errors.ts';
import { VersionTable } from './version-table.ts';
import { askingPauses, DEFAULT_LOCK, HARDLY_MS, LockBudget } from './waiting/lock-budget.ts';
import { migratorLocked } from './waiting/locked-error.ts';

/**
 * The version rows of a database; none where there is no database or no version table yet. Writes nothing.
 *
 * @param budget how long to wait for a SQLite file that another process keeps from being read.
 * @throws DatabaseStateError when the database cannot be reached or read: `DATABASE_LOCKED` when the waiting is over.
 */
export async function readHeads(
  driver: Driver,
  dialect: Dialect,
  budget: LockBudget = new LockBudget(DEFAULT_LOCK),
): Promise<readonly string[]> {
  if (!(await driver.exists())) return [];
  try {
    return await driver.withSession((session) => readWhenFree(session, driver.description, dialect, budget));
  } catch (error) {
    if (error instanceof MigratorError) throw error;
    throw dialect.translateError(error, driver.description) ?? error;
  }
}

async function readWhenFree(
  session: Session,
  database: string,
  dialect: Dialect,
  budget: LockBudget,
): Promise<readonly string[]> {
  for (let round = 0; ; round++) {
    const started = performance.now();
    try {
      return await hardlyWaiting(session, dialect, budget, () => new VersionTable(dialect).read(session));
    } catch (error) {
      if (!dialect.transaction.isLocked(error)) throw error;
      budget.spend(performance.now() - started);
      if (budget.leftMs <= 0) {
        const holder = await dialect.transaction.lockHolder(session).catch(() => null);
        throw migratorLocked({ dialect, budget, database }, holder, error);
      }
    }
    await budget.pause(round, askingPauses);
  }
}

/** SQLite's own waiting, which blocks the whole process, kept short where nobody wants to wait. */
async function hardlyWaiting<Result>(
  session: Session,
  dialect: Dialect,
  { options }: LockBudget,
  work: () => Promise<Result>,
): Promise<Result> {
  if (dialect.name !== 'sqlite' || options.mode === 'wait') return work();
  const { rows } = await session.query<{ timeout: number }>('PRAGMA busy_timeout');
  await dialect.transaction.setLockTimeout(session, HARDLY_MS);
  try {
    return await work();
  } finally {
    await dialect.transaction.setLockTimeout(session, rows[0]?.timeout ?? 0);
  }
}
