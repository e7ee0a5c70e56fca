import type { Session } from '../../driver/driver.ts';
import { tryLockFile } from '../../driver/file-lock.ts';
import type { OpenTransaction, TransactionControl, TransactionOptions } from '../transaction.ts';
import { isBusy } from './error.ts';
import { checkForeignKeys, describeExisting, nothingAmiss, refuseNew } from './foreign-key-check.ts';
import { keepJournal } from './journal.ts';
import { fileLockHolder } from './lock-holder.ts';

/** One write transaction at a time is SQLite's own rule: `BEGIN IMMEDIATE` is the lock. */
export const sqliteTransaction: TransactionControl = {
  prepareRun: keepJournal,

  /**
   * SQLite's own waiting blocks the whole process, and while a reader keeps a changed page from being written it would
   * wait again for every page: it is turned off, and who calls tries again.
   */
  async tryBegin(session, options) {
    const before = await readSettings(session);
    await session.query('PRAGMA busy_timeout = 0');
    if (options.foreignKeysOff) await session.query('PRAGMA foreign_keys = OFF');
    if (!(await tryBeginImmediate(session, before))) return null;
    try {
      return await openTransaction(session, options, before);
    } catch (error) {
      await session.query('ROLLBACK');
      await restore(session, before);
      throw error;
    }
  },

  tryBeginHeld: (session, options) => sqliteTransaction.tryBegin(session, options),

  /** A file beside the database, so that others may write rows meanwhile. */
  async tryHold(session) {
    const file = await fileOf(session);
    if (file === null) return { release: async () => undefined };
    const lock = await tryLockFile(lockFileOf(file));
    return lock === null ? null : { release: async () => lock.release() };
  },

  async lockHolder(session) {
    const file = await fileOf(session);
    return file === null ? null : fileLockHolder([file, `${file}-shm`, lockFileOf(file)]);
  },

  async setLockTimeout(session, milliseconds) {
    await session.query(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(milliseconds))}`);
  },

  /** SQLite tells whether there is one by refusing another inside it. */
  async identify(session) {
    try {
      await session.query('BEGIN');
    } catch (error) {
      if (String(error).includes('within a transaction')) return { id: 'open', searchPath: null };
      throw error;
    }
    await session.query('ROLLBACK');
    return null;
  },

  settle: async () => undefined,

  isLocked: isBusy,

  observer: null,
};

/** The file of the database, asked so that no lock on it is in the way; null for one in memory. */
export async function fileOf(session: Session): Promise<string | null> {
  const { rows } = await session.query<{ name: string; file: string }>('PRAGMA database_list');
  return rows.find((each) => each.name === 'main')?.file || null;
}

const lockFileOf = (file: string) => `${file}-migrator`;

interface Settings {
  readonly foreignKeys: number;
  readonly busyTimeout: number;
  /** A rebuild changes it for one statement, which may be the one that fails. */
  readonly legacyAlterTable: number;
}

/** As statements of their own, which no lock on the file is in the way of. */
async function readSettings(session: Session): Promise<Settings> {
  const keys = await session.query<{ foreign_keys: number }>('PRAGMA foreign_keys');
  const timeout = await session.query<{ timeout: number }>('PRAGMA busy_timeout');
  const legacy = await session.query<{ legacy_alter_table: number }>('PRAGMA legacy_alter_table');
  return {
    foreignKeys: keys.rows[0]?.foreign_keys ?? 0,
    busyTimeout: timeout.rows[0]?.timeout ?? 0,
    legacyAlterTable: legacy.rows[0]?.legacy_alter_table ?? 0,
  };
}

/** Sets only what differs: to set either of the last two makes SQLite compile every statement again. */
async function restore(session: Session, settings: Settings): Promise<void> {
  await session.query(`PRAGMA busy_timeout = ${settings.busyTimeout}`);
  const now = await readSettings(session);
  if (now.foreignKeys !== settings.foreignKeys)
    await session.query(`PRAGMA foreign_keys = ${settings.foreignKeys}`);
  if (now.legacyAlterTable !== settings.legacyAlterTable)
    await session.query(`PRAGMA legacy_alter_table = ${settings.legacyAlterTable}`);
}

async function tryBeginImmediate(session: Session, settings: Settings): Promise<boolean> {
  try {
    await session.query('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    await restore(session, settings);
    if (isBusy(error)) return false;
    throw error;
  }
}

async function openTransaction(
  session: Session,
  options: TransactionOptions,
  settings: Settings,
): Promise<OpenTransaction> {
  const before = options.foreignKeysOff ? await checkForeignKeys(session) : nothingAmiss;
  for (const warning of describeExisting(before)) options.warn(warning);
  let checked = !options.foreignKeysOff;
  return {
    sessionId: null,
    async commit() {
      if (!checked) refuseNew(before, await checkForeignKeys(session));
      checked = true;
      await session.query('COMMIT');
      await restore(session, settings);
    },
    async rollback() {
      try {
        await session.query('ROLLBACK');
      } catch (error) {
        // SQLite rolls back by itself when the disk is full or cannot be read.
        if (!String(error).includes('no transaction is active')) throw error;
      } finally {
        await restore(session, settings);
      }
    },
  };
}
