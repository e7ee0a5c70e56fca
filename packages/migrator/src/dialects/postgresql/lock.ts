import type { Session } from '../../driver/driver.ts';
import type { LockHolder } from '../transaction.ts';

/** Tells the migrators' lock from other advisory locks: "fmkr" in ASCII. */
const LOCK_CLASS = 0x66_6d_6b_72;

/** Migrators that keep their versions in the same table exclude each other; the lock is per database anyway. */
const lockKey = "hashtext(coalesce(quote_ident(current_schema()), '') || '.alembic_version')";

/**
 * Tries once to take the migrators' lock for the open transaction, and says whether it could. It ends with the transaction,
 * and with the process or the connection, so none is ever left behind; and it works behind a pooler that lends connections
 * per transaction.
 */
export const tryLock = `pg_try_advisory_xact_lock(${LOCK_CLASS}, ${lockKey})`;

/** A session as `pg_stat_activity` shows it to us; of other users' sessions it tells only the process. */
const sessionColumns = `
  a.pid,
  coalesce(a.client_hostname, host(a.client_addr), CASE WHEN a.client_port = -1 THEN '[local]' END) AS host,
  nullif(a.application_name, '') AS application,
  to_char(coalesce(a.xact_start, a.query_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS since`;

const lockHolderSql = `
SELECT ${sessionColumns}
FROM pg_catalog.pg_locks l
JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.pid <> pg_backend_pid()
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND l.classid = ${LOCK_CLASS} AND l.objid::text = ((${lockKey})::bigint & 4294967295)::text AND l.objsubid = 2`;

const blockersSql = `
SELECT ${sessionColumns}
FROM pg_catalog.pg_stat_activity a
WHERE a.pid = ANY (pg_blocking_pids($1))
ORDER BY a.xact_start`;

/** The text is a parameter here, so the query does not find itself. */
const runningSql = `
SELECT a.pid FROM pg_catalog.pg_stat_activity a
WHERE strpos(a.query, $1) > 0 AND a.state = 'active' AND a.pid <> pg_backend_pid()`;

const cancelSql = `
SELECT pg_cancel_backend(a.pid) FROM pg_catalog.pg_stat_activity a WHERE a.pid = $1 AND a.state = 'active'`;

const tableUsersSql = `
SELECT ${sessionColumns}
FROM pg_catalog.pg_stat_activity a
WHERE a.pid <> pg_backend_pid() AND EXISTS (
  SELECT FROM pg_catalog.pg_locks l
  WHERE l.pid = a.pid AND l.granted AND l.locktype = 'relation' AND l.relation = to_regclass(quote_ident($1))
    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
)
ORDER BY a.xact_start`;

/** Who holds the migrators' lock; null when nobody does, or it was let go meanwhile. */
export async function lockHolder(session: Session): Promise<LockHolder | null> {
  const { rows } = await session.query<LockHolder>(lockHolderSql);
  return rows[0] ?? null;
}

/**
 * The sessions that a session waits for, the longest at work first.
 *
 * @param session any other session: the one that waits cannot ask.
 * @param pid the server process of the one that waits.
 */
export async function blockersOf(session: Session, pid: number): Promise<readonly LockHolder[]> {
  return (await session.query<LockHolder>(blockersSql, [pid])).rows;
}

/** The session that runs a statement holding a text. */
export async function sessionRunning(session: Session, text: string): Promise<number | null> {
  return (await session.query<{ pid: number }>(runningSql, [text])).rows[0]?.pid ?? null;
}

/** Ends the statement that a session runs, if it runs one. */
export async function cancelStatement(session: Session, pid: number): Promise<void> {
  await session.query(cancelSql, [pid]);
}

/** The sessions that hold a lock on a table, the longest at work first: who it may have been, once waiting has ended. */
export async function usersOfTable(session: Session, table: string): Promise<readonly LockHolder[]> {
  return (await session.query<LockHolder>(tableUsersSql, [table])).rows;
}
