import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';

/** How big a table is. */
export interface TableSize {
  readonly table: string;
  readonly rows: number;
  /** Whether the server's estimate was taken instead of a count. */
  readonly estimated: boolean;
  /** On disk with its indexes; null where it is not known. */
  readonly bytes: number | null;
}

/** Below this estimate PostgreSQL is asked to count: it costs nothing then. */
const COUNT_BELOW = 100_000;

/**
 * The size of a table that is there.
 *
 * SQLite is asked to count. PostgreSQL's own estimate (`pg_class.reltuples`) is taken for a big table, since counting one
 * may take as long as the migration.
 */
export async function tableSize(table: string, session: Session, dialect: Dialect): Promise<TableSize> {
  const name = dialect.quoteIdentifier(table);
  const count = async () => {
    const { rows } = await session.query<{ count: number | string }>(
      `SELECT count(*) AS "count" FROM ${name}`,
    );
    return Number(rows[0]?.count ?? 0);
  };
  if (dialect.name === 'sqlite') return { table, rows: await count(), estimated: false, bytes: null };
  const { rows } = await session.query<{ tuples: number; bytes: string }>(
    'SELECT reltuples::float8 AS tuples, pg_total_relation_size(oid)::text AS bytes FROM pg_catalog.pg_class' +
      ' WHERE oid = to_regclass($1)',
    [name],
  );
  const [found] = rows;
  const estimated = (found?.tuples ?? -1) >= COUNT_BELOW;
  return {
    table,
    rows: estimated ? Math.round(found?.tuples ?? 0) : await count(),
    estimated,
    bytes: found ? Number(found.bytes) : null,
  };
}
