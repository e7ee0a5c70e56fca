import { hostname } from 'node:os';
import type { Session } from '../../driver/driver.ts';
import type {
  OpenTransaction,
  TransactionControl,
  TransactionOptions,
  TransactionState,
} from '../transaction.ts';
import { checkDeferred } from './deferred-constraints.ts';
import { isConnectionLost } from './error.ts';
import { quoteLiteral } from './literal.ts';
import { blockersOf, cancelStatement, lockHolder, sessionRunning, tryLock } from './lock.ts';

// PostgreSQL's SQLSTATE codes.
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';
const QUERY_CANCELED = '57014';

/** The lock is an advisory one that the transaction holds. */
export const postgresqlTransaction: TransactionControl = {
  prepareRun: async () => async () => undefined,

  tryBegin: (session, options) => begin(session, options, tryLock),

  tryBeginHeld: (session, options) => begin(session, options, 'true'),

  /** A transaction of another session, idle while this one works. */
  async tryHold(_, lender) {
    const { session, giveBack } = await lender.lend();
    let transaction: OpenTransaction | null = null;
    try {
      transaction = await begin(session, { lockTimeoutMs: 0 }, tryLock);
      // Its purpose is to last. PostgreSQL has this setting from version 17 on.
      if (transaction) await session.query(lastForEver);
    } catch (error) {
      await transaction?.rollback();
      await giveBack();
      throw error;
    }
    if (transaction === null) {
      await giveBack();
      return null;
    }
    return { release: () => transaction.rollback().finally(giveBack) };
  },

  lockHolder,

  async setLockTimeout(session, milliseconds) {
    await session.query(`SET LOCAL lock_timeout = ${lockTimeout(milliseconds)}`);
  },

  /** When it began, to the microsecond; outside a transaction every statement is one of its own. */
  async identify(session, lockTimeoutMs) {
    const { rows } = await session.query<TransactionState>(
      `SELECT transaction_timestamp()::text AS id, current_setting('search_path') AS "searchPath"${
        lockTimeoutMs === undefined ? '' : `, ${lockTimeoutSetting(lockTimeoutMs)}`
      }`,
    );
    return rows[0] ?? null;
  },

  settle: checkDeferred,

  isLocked(error) {
    const code = codeOf(error);
    return code === LOCK_NOT_AVAILABLE || code === DEADLOCK_DETECTED;
  },

  observer: {
    find: sessionRunning,
    blockers: blockersOf,
    cancel: cancelStatement,
    isCancelled: (error) => codeOf(error) === QUERY_CANCELED,
  },
};

/**
 * Every statement is to see what others committed before it, whatever the server's default: what is read inside the lock
 * must be as it is now, and an idle holder of the lock must not keep a concurrent index waiting.
 *
 * All of it is one way to the server and back, where the connection knows how: a long history begins many transactions.
 *
 * @param lock an expression that is true where the transaction may go on.
 * @returns null where it may not.
 */
async function begin(
  session: Session,
  { lockTimeoutMs }: Pick<TransactionOptions, 'lockTimeoutMs'>,
  lock: string,
): Promise<OpenTransaction | null> {
  try {
    const { rows } = await session.queryInTurn<{ pid: number; locked: boolean }>([
      'BEGIN ISOLATION LEVEL READ COMMITTED',
      `SELECT ${settings(lockTimeoutMs)}, pg_backend_pid() AS pid, ${lock} AS locked`,
    ]);
    const [answer] = rows;
    if (answer?.locked) return openTransaction(session, answer.pid);
  } catch (error) {
    await rollback(session);
    throw error;
  }
  await rollback(session);
  return null;
}

function openTransaction(session: Session, sessionId: number): OpenTransaction {
  return {
    sessionId,
    async commit() {
      await session.query('COMMIT');
    },
    rollback: () => rollback(session),
  };
}

/** Zero would mean to wait for ever. */
const lockTimeout = (milliseconds: number) => Math.max(1, Math.trunc(milliseconds));

const lockTimeoutSetting = (milliseconds: number) =>
  `set_config('lock_timeout', '${lockTimeout(milliseconds)}', true)`;

/**
 * So that others can tell which process it is, behind a pooler too, which hides where a connection comes from; and so that
 * nobody ends the transaction while a data step thinks, or the holder of the lock waits.
 */
function settings(lockTimeoutMs: number): string {
  const mark = ` ${hostname()}:${process.pid}`.slice(0, 40);
  return (
    "set_config('application_name', left(coalesce(nullif(current_setting('application_name'), ''), 'migrator')," +
    ` ${63 - mark.length}) || ${quoteLiteral(mark)}, true),` +
    " set_config('idle_in_transaction_session_timeout', '0', true)," +
    ` ${lockTimeoutSetting(lockTimeoutMs)}`
  );
}

const lastForEver =
  "SELECT set_config(name, '0', true) FROM pg_catalog.pg_settings WHERE name = 'transaction_timeout'";

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
