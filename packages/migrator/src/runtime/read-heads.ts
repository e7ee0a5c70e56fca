import type { Dialect } from '../dialects/dialect.ts';
import type { Driver, Session } from '../driver/driver.ts';
import { SessionLender } from '../driver/session-lender.ts';
import { MigratorError } from '../errors.ts';
import type { EventListener } from './events.ts';
import { explained } from './run-transaction.ts';
import type { StepEnvironment } from './step-environment.ts';
import { VersionTable } from './version-table.ts';
import { throwIfInterrupted } from './waiting/interrupt.ts';
import { askingPauses, HARDLY_MS, LockBudget } from './waiting/lock-budget.ts';
import { Blocked, migratorLocked, tableLocked } from './waiting/locked-error.ts';
import { watch } from './waiting/watch.ts';

export interface ReadHeadsOptions {
  /** How long to wait for who keeps the version table from being read: who writes a SQLite file, or has locked the table. */
  readonly budget?: LockBudget | undefined;
  readonly listener?: EventListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

type ReadEnvironment = Pick<
  StepEnvironment,
  'session' | 'lender' | 'dialect' | 'budget' | 'listener' | 'signal' | 'database'
>;

/**
 * The version rows of a database; none where there is no database or no version table yet. Writes nothing.
 *
 * @throws DatabaseStateError when the database cannot be reached or read: `DATABASE_LOCKED` or `LOCK_TIMEOUT` when the
 *   waiting is over.
 */
export async function readHeads(
  driver: Driver,
  dialect: Dialect,
  { budget = new LockBudget(), listener = () => undefined, signal }: ReadHeadsOptions = {},
): Promise<readonly string[]> {
  if (!(await driver.exists())) return [];
  const lender = new SessionLender(driver);
  const common = { lender, dialect, budget, listener, signal, database: driver.description };
  try {
    return await driver.withSession((session) => readWhenFree({ ...common, session }));
  } catch (error) {
    if (error instanceof MigratorError) throw error;
    throw dialect.translateError(error, driver.description) ?? error;
  } finally {
    await lender.allReturned();
  }
}

async function readWhenFree(environment: ReadEnvironment): Promise<readonly string[]> {
  const { session, dialect, budget } = environment;
  const read = dialect.name === 'sqlite' ? readFile : readTable;
  for (let round = 0; ; round++) {
    const started = performance.now();
    try {
      return await read(environment);
    } catch (error) {
      const isBlocked = error instanceof Blocked;
      if (!isBlocked && !dialect.transaction.isLocked(error)) throw error;
      if (!isBlocked) budget.spend(performance.now() - started);
      if (budget.leftMs <= 0) {
        if (isBlocked) throw tableLocked(environment, error.holders, error.cause);
        const holder = await dialect.transaction.lockHolder(session).catch(() => null);
        throw migratorLocked(environment, holder, error);
      }
    }
    await budget.pause(round, askingPauses);
  }
}

/** SQLite's own waiting, which blocks the whole process, is kept short where nobody wants to wait. */
async function readFile({ session, dialect, budget }: ReadEnvironment): Promise<readonly string[]> {
  const table = new VersionTable(dialect);
  if (budget.options.mode === 'wait') return table.read(session);
  const { rows } = await session.query<{ timeout: number }>('PRAGMA busy_timeout');
  await dialect.transaction.setLockTimeout(session, HARDLY_MS);
  try {
    return await table.read(session);
  } finally {
    await dialect.transaction.setLockTimeout(session, rows[0]?.timeout ?? 0);
  }
}

/**
 * PostgreSQL keeps who reads a locked table waiting for ever. A limit of the server's would cost a transaction every time;
 * so the query carries a mark, by which it is found and cancelled if it does not end.
 */
async function readTable(environment: ReadEnvironment): Promise<readonly string[]> {
  const { session, dialect, budget, signal } = environment;
  throwIfInterrupted(signal);
  const mark = `/* migrator ${process.pid}.${process.hrtime.bigint()}.${Math.random()} */`;
  budget.arm('attempt');
  const watching = watch(environment, {
    find: async (other: Session) => dialect.transaction.observer?.find(other, mark) ?? null,
    limited: true,
  });
  try {
    return await new VersionTable(dialect).read(session, mark);
  } catch (error) {
    await watching.stop();
    throw explained(error, watching, environment);
  } finally {
    await watching.stop();
  }
}
