import type { Session } from '../../driver/driver.ts';
import { tryLockFile } from '../../driver/file-lock.ts';
import { ExecutionError } from '../../errors.ts';
import type { OpenTransaction, TransactionControl, TransactionOptions } from '../transaction.ts';
import { fileLockHolder } from './lock-holder.ts';

/** A row that points to nothing, as `PRAGMA foreign_key_check` reports it. */
interface Violation {
  readonly table: string;
  readonly rowid: number | null;
  readonly parent: string;
  readonly fkid: number;
}

/** One write transaction at a time is SQLite's own rule: `BEGIN IMMEDIATE` is the lock. */
export const sqliteTransaction: TransactionControl = {
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
    const lock = tryLockFile(lockFileOf(file));
    return lock === null ? null : { release: async () => lock.release() };
  },

  async lockHolder(session) {
    const file = await fileOf(session);
    return file === null ? null : fileLockHolder([file, `${file}-shm`, lockFileOf(file)]);
  },

  async setLockTimeout(session, milliseconds) {
    await session.query(`PRAGMA busy_timeout = ${Math.max(0, Math.trunc(milliseconds))}`);
  },

  isLocked: isBusy,

  observer: null,
};

/** The file of the database; null for one in memory. */
export async function fileOf(session: Session): Promise<string | null> {
  const { rows } = await session.query<{ file: string }>(
    "SELECT file FROM pragma_database_list WHERE name = 'main'",
  );
  return rows[0]?.file || null;
}

const lockFileOf = (file: string) => `${file}-migrator`;

interface Settings {
  readonly foreignKeys: number;
  readonly busyTimeout: number;
}

async function readSettings(session: Session): Promise<Settings> {
  const keys = await session.query<{ foreign_keys: number }>('PRAGMA foreign_keys');
  const timeout = await session.query<{ timeout: number }>('PRAGMA busy_timeout');
  return { foreignKeys: keys.rows[0]?.foreign_keys ?? 0, busyTimeout: timeout.rows[0]?.timeout ?? 0 };
}

async function restore(session: Session, settings: Settings): Promise<void> {
  await session.query(`PRAGMA foreign_keys = ${settings.foreignKeys}`);
  await session.query(`PRAGMA busy_timeout = ${settings.busyTimeout}`);
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

/** Whether SQLite refused because another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'));
}

async function openTransaction(
  session: Session,
  options: TransactionOptions,
  settings: Settings,
): Promise<OpenTransaction> {
  const violationsBefore = options.foreignKeysOff
    ? await readViolations(session)
    : new Map<string, Violation[]>();
  if (violationsBefore.size > 0) options.warn(describeExisting([...violationsBefore.values()].flat()));
  let checked = !options.foreignKeysOff;
  return {
    async commit() {
      if (!checked) refuseNew(violationsBefore, await readViolations(session));
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

/** Violations by what they mean; a rebuild may number the keys anew, so their number does not count. */
async function readViolations(session: Session): Promise<Map<string, Violation[]>> {
  const { rows } = await session.query<Violation>('PRAGMA foreign_key_check');
  return Map.groupBy(rows, (row) =>
    JSON.stringify([row.table.toLowerCase(), row.rowid, row.parent.toLowerCase()]),
  );
}

function refuseNew(before: ReadonlyMap<string, Violation[]>, after: ReadonlyMap<string, Violation[]>): void {
  const added = [...after].flatMap(([key, rows]) => rows.slice(before.get(key)?.length ?? 0));
  const [first] = added;
  if (!first) return;
  throw new ExecutionError(
    'FOREIGN_KEY_VIOLATED',
    `${added.length} row(s) would refer to rows that do not exist, the first in table "${first.table}"` +
      ` (rowid ${first.rowid}), which refers to "${first.parent}".`,
    {
      hint: `Correct the rows in the revision script; \`PRAGMA foreign_key_check("${first.table}")\` lists them.`,
      facts: { violations: added.slice(0, 20), violationCount: added.length },
    },
  );
}

function describeExisting(violations: readonly Violation[]): string {
  const tables = [...new Set(violations.map((each) => `"${each.table}" → "${each.parent}"`))];
  return (
    `${violations.length} row(s) refer to rows that do not exist; they were there before this migration` +
    ` and are left as they are (${tables.join(', ')}).`
  );
}
