import { hostname } from 'node:os';
import type { Session } from '../../driver/driver.ts';
import type { OpenTransaction, TransactionControl, TransactionOptions } from '../transaction.ts';
import { checkDeferred } from './deferred-constraints.ts';
import { isConnectionLost } from './error.ts';
import { blockersOf, cancelStatement, lockHolder, sessionRunning, tryLock } from './lock.ts';

// PostgreSQL's SQLSTATE codes.
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';
const QUERY_CANCELED = '57014';

/** The lock is an advisory one that the transaction holds. */
export const postgresqlTransaction: TransactionControl = {
  async tryBegin(session, options) {
    const transaction = await begin(session, options);
    if (await lockedOrRolledBack(session)) return transaction;
    return null;
  },

  tryBeginHeld: begin,

  /** A transaction of another session, idle while this one works. */
  async tryHold(_, lender) {
    const lent = await lender.lend();
    try {
      await begin(lent.session, { lockTimeoutMs: 0 });
      // Its purpose is to last. PostgreSQL has this setting from version 17 on.
      await lent.session.query(
        "SELECT set_config(name, '0', true) FROM pg_catalog.pg_settings WHERE name = 'transaction_timeout'",
      );
      if (await lockedOrRolledBack(lent.session)) {
        return {
          async release() {
            await rollback(lent.session).finally(lent.giveBack);
          },
        };
      }
    } catch (error) {
      await lent.giveBack();
      throw error;
    }
    await lent.giveBack();
    return null;
  },

  lockHolder,

  async setLockTimeout(session, milliseconds) {
    // Zero would mean to wait for ever.
    await session.query(`SET LOCAL lock_timeout = ${Math.max(1, Math.trunc(milliseconds))}`);
  },

  /** When it began, to the microsecond; outside a transaction every statement is one of its own. */
  async identify(session) {
    const { rows } = await session.query<{ began: string }>('SELECT transaction_timestamp()::text AS began');
    return rows[0]?.began ?? null;
  },

  settle: checkDeferred,

  isLocked(error) {
    const code = codeOf(error);
    return code === LOCK_NOT_AVAILABLE || code === DEADLOCK_DETECTED;
  },

  observer: {
    async identify(session) {
      const { rows } = await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      return rows[0]?.pid ?? 0;
    },
    find: sessionRunning,
    blockers: blockersOf,
    cancel: cancelStatement,
    isCancelled: (error) => codeOf(error) === QUERY_CANCELED,
  },
};

/**
 * Every statement is to see what others committed before it, whatever the server's default: what is read inside the lock
 * must be as it is now, and an idle holder of the lock must not keep a concurrent index waiting.
 */
async function begin(
  session: Session,
  { lockTimeoutMs }: Pick<TransactionOptions, 'lockTimeoutMs'>,
): Promise<OpenTransaction> {
  await session.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    await postgresqlTransaction.setLockTimeout(session, lockTimeoutMs);
    await session.query(prepareSession, [` ${hostname()}:${process.pid}`]);
  } catch (error) {
    await rollback(session);
    throw error;
  }
  return {
    async commit() {
      await session.query('COMMIT');
    },
    rollback: () => rollback(session),
  };
}

/**
 * So that others can tell which process it is, behind a pooler too, which hides where a connection comes from; and so that
 * nobody ends the transaction while a data step thinks, or the holder of the lock waits.
 */
const prepareSession =
  "SELECT set_config('application_name'," +
  " left(coalesce(nullif(current_setting('application_name'), ''), 'migrator'), 63 - least(length($1), 40)) ||" +
  " left($1, 40), true), set_config('idle_in_transaction_session_timeout', '0', true)";

async function lockedOrRolledBack(session: Session): Promise<boolean> {
  try {
    if (await tryLock(session)) return true;
  } catch (error) {
    await rollback(session);
    throw error;
  }
  await rollback(session);
  return false;
}

async function rollback(session: Session): Promise<void> {
  try {
    await session.query('ROLLBACK');
  } catch (error) {
    // A cancellation that was on its way to the statement before.
    if (codeOf(error) === QUERY_CANCELED) return rollback(session);
    // The server has rolled back what the lost connection had begun.
    if (!isConnectionLost(error)) throw error;
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
