import type { Session } from '../../driver/driver.ts';

/** Those checked at the end of a transaction; a name that another constraint has, which never is, cannot be set. */
const namesSql = `
  SELECT string_agg(DISTINCT format('%I.%I', n.nspname, c.conname), ', ') AS names
  FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
  WHERE c.condeferred AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_constraint o
    WHERE o.connamespace = c.connamespace AND o.conname = c.conname AND NOT o.condeferrable)`;

/**
 * Checks at once what would be checked at the end: PostgreSQL does not alter a table that has such checks to come
 * ("pending trigger events"). What does not hold yet is left for the end, since steps may still put it right.
 */
export async function checkDeferred(session: Session): Promise<void> {
  const { rows } = await session.query<{ names: string | null }>(namesSql);
  const names = rows[0]?.names;
  if (!names) return;
  await session.query('SAVEPOINT migrator_deferred');
  try {
    await session.query(`SET CONSTRAINTS ${names} IMMEDIATE`);
    await session.query(`SET CONSTRAINTS ${names} DEFERRED`);
  } catch (error) {
    if (!isViolation(error)) throw error;
    await session.query('ROLLBACK TO SAVEPOINT migrator_deferred');
  }
  await session.query('RELEASE SAVEPOINT migrator_deferred');
}

/** SQLSTATE class 23: integrity constraint violation. */
function isViolation(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('23');
}
