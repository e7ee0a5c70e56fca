import type { Session } from '../../driver/driver.ts';
import type { OpenTransaction, TransactionControl } from '../transaction.ts';
import { isConnectionLost } from './error.ts';
import { lockHolder, tryLock } from './lock.ts';

/** The lock is an advisory one that the transaction holds. */
export const postgresqlTransaction: TransactionControl = {
  async tryBegin(session, options) {
    await session.query('BEGIN');
    try {
      // Zero would mean to wait for ever.
      const timeout = Math.max(1, Math.trunc(options.lockTimeoutMs));
      await session.query(`SET LOCAL lock_timeout = ${timeout}`);
      if (await tryLock(session)) return openTransaction(session);
    } catch (error) {
      await rollback(session);
      throw error;
    }
    await rollback(session);
    return null;
  },

  lockHolder,
};

function openTransaction(session: Session): OpenTransaction {
  return {
    async commit() {
      await session.query('COMMIT');
    },
    rollback: () => rollback(session),
  };
}

async function rollback(session: Session): Promise<void> {
  try {
    await session.query('ROLLBACK');
  } catch (error) {
    // The server has rolled back what the lost connection had begun.
    if (!isConnectionLost(error)) throw error;
  }
}
