import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { OperationError } from '../errors.ts';

interface KeyColumn {
  readonly key: string;
  readonly primary: boolean | number;
  readonly column: string | null;
}

const keyQueries = {
  sqlite:
    `SELECT 'primary key' AS "key", 1 AS "primary", name AS "column", pk AS position` +
    ' FROM pragma_table_info(?) WHERE pk > 0' +
    ` UNION ALL SELECT l.name, 0, i.name, i.seqno FROM pragma_index_list(?) l, pragma_index_info(l.name) i` +
    ` WHERE l."unique" AND NOT l.partial ORDER BY "primary" DESC, "key", position`,
  postgresql:
    'SELECT i.indexrelid::text AS "key", i.indisprimary AS "primary", a.attname::text AS "column"' +
    ' FROM pg_catalog.pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)' +
    ' LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum' +
    ' WHERE i.indrelid = to_regclass($1) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL' +
    ' AND k.position <= i.indnkeyatts ORDER BY i.indisprimary DESC, i.indexrelid, k.position',
} as const;

/** SQLite's own names of the number that every row of an ordinary table has. */
const ROWID = ['rowid', '_rowid_', 'oid'];

/**
 * The columns to walk a table by, which tell every row from every other.
 *
 * @param order what the author asks for; the primary key when left out.
 * @throws OperationError `OPERATION_INVALID` for a table without a primary key, and for an order that is not unique: rows
 *   that share their key with the last one of a batch would be left out.
 */
export async function batchKey(
  session: Session,
  dialect: Dialect,
  table: string,
  order: readonly string[] | undefined,
): Promise<readonly string[]> {
  const parameters = dialect.name === 'sqlite' ? [table, table] : [dialect.quoteIdentifier(table)];
  const { rows } = await session.query<KeyColumn>(keyQueries[dialect.name], parameters);
  const keys = [...Map.groupBy(rows, (row) => row.key).values()];
  if (order === undefined) {
    const primary = keys.find(([first]) => first?.primary);
    if (primary) return primary.map((each) => each.column ?? '');
    throw invalid(table, `Table "${table}" has no primary key to walk by.`);
  }
  const given = new Set(order);
  const covers = (key: readonly KeyColumn[]) =>
    key.every(({ column }) => column !== null && given.has(column));
  const byRowid = dialect.name === 'sqlite' && order.some((each) => ROWID.includes(each.toLowerCase()));
  if (byRowid || keys.some(covers)) return order;
  throw invalid(table, `The order ${order.join(', ')} does not tell all rows of "${table}" apart.`);
}

function invalid(table: string, message: string): OperationError {
  return new OperationError('OPERATION_INVALID', message, {
    hint: 'Pass { order: […] } with the columns of the primary key or of a unique key.',
    facts: { table },
  });
}
