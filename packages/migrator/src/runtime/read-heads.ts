import type { Dialect } from '../dialects/dialect.ts';
import type { Driver, Session } from '../driver/driver.ts';
import { MigratorError } from '../errors.ts';
import { VersionTable } from './version-table.ts';
import { askingPauses, DEFAULT_LOCK, LockBudget } from './waiting/lock-budget.ts';
import { migratorLocked } from './waiting/locked-error.ts';

/**
 * The version rows of a database; none where there is no database or no version table yet. Writes nothing.
 *
 * @param budget how long to wait for a SQLite file that is being written; who leaves the work to others must know, too,
 *   where the database is, and waits.
 * @throws DatabaseStateError when the database cannot be reached or read.
 */
export async function readHeads(
  driver: Driver,
  dialect: Dialect,
  budget: LockBudget = new LockBudget(DEFAULT_LOCK),
): Promise<readonly string[]> {
  if (!(await driver.exists())) return [];
  const patience =
    budget.options.mode === 'skip' ? new LockBudget({ ...budget.options, mode: 'wait' }) : budget;
  try {
    return await driver.withSession((session) =>
      readWhenFree(session, driver.description, dialect, patience),
    );
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
      return await new VersionTable(dialect).read(session);
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
