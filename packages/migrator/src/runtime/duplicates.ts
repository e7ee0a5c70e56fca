import type { Dialect } from '../dialects/dialect.ts';
import { parenthesized } from '../dialects/parenthesized.ts';
import type { Session } from '../driver/driver.ts';
import type { Operation } from '../operations/operation.ts';

/** Rows that share what an operation wants to be unique. */
export interface Duplicates {
  readonly table: string;
  readonly columns: readonly string[];
  /** The shared values with the number of rows, the most frequent first, at most {@link SHOWN}. */
  readonly duplicates: readonly Readonly<Record<string, unknown>>[];
  /** Lists the rows. */
  readonly query: string;
}

/** Groups that are shown; the query finds them all. */
const SHOWN = 20;

interface UniqueRule {
  readonly table: string;
  /** Columns and expressions, as SQL. */
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly where: string | null;
}

/**
 * Finds the rows in the way of the unique keys that operations create. Runs after the roll-back, reads only.
 *
 * @param error what the operations failed with.
 * @returns null where that was something else, or rows that the operations themselves have made or changed.
 */
export async function findDuplicates(
  error: unknown,
  operations: readonly Operation[],
  session: Session,
  dialect: Dialect,
): Promise<Duplicates | null> {
  if (!saysDuplicate(error) || operations.some(mayChangeRows)) return null;
  for (const operation of operations) {
    const rule = uniqueRule(operation, dialect);
    if (rule === null) continue;
    const found = await duplicatesOf(rule, session, dialect);
    if (found) return found;
  }
  return null;
}

/** Source: SQLite's extended result codes, and PostgreSQL's `unique_violation`. */
const codes = new Set<unknown>([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  'SQLITE_CONSTRAINT_ROWID',
  '23505',
]);

function saysDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && codes.has(error.code);
}

function mayChangeRows(operation: Operation): boolean {
  if (operation.kind !== 'alterColumn') return ['execute', 'bulkInsert', 'run'].includes(operation.kind);
  return operation.change.type !== undefined || operation.backfill !== null;
}

function uniqueRule(operation: Operation, dialect: Dialect): UniqueRule | null {
  switch (operation.kind) {
    case 'createIndex': {
      const { unique, columns, where } = operation.index;
      if (!unique) return null;
      return {
        table: operation.table,
        keys: columns.map((each) =>
          each.column === null ? parenthesized(each.expression ?? '') : dialect.quoteIdentifier(each.column),
        ),
        names: columns.map((each) => each.column ?? each.expression ?? ''),
        where,
      };
    }
    case 'createUniqueConstraint':
    case 'createPrimaryKey': {
      const { columns } = operation.constraint;
      const keys = columns.map((each) => dialect.quoteIdentifier(each));
      return { table: operation.table, keys, names: columns, where: null };
    }
    default:
      return null;
  }
}

async function duplicatesOf(
  rule: UniqueRule,
  session: Session,
  dialect: Dialect,
): Promise<Duplicates | null> {
  const table = dialect.quoteIdentifier(rule.table);
  const keys = rule.keys.join(', ');
  // NULL is never a duplicate of NULL.
  const conditions = [
    ...rule.keys.map((key) => `${key} IS NOT NULL`),
    ...(rule.where === null ? [] : [parenthesized(rule.where)]),
  ];
  const groups = `SELECT ${keys} FROM ${table} WHERE ${conditions.join(' AND ')} GROUP BY ${keys} HAVING count(*) > 1`;
  const shown = rule.keys
    .map((key, at) => `${key} AS ${dialect.quoteIdentifier(rule.names[at] ?? '')}`)
    .join(', ');
  try {
    const { rows } = await session.query(
      `SELECT ${shown}, count(*) AS "rows" FROM (SELECT * FROM ${table} WHERE ${conditions.join(' AND ')}) AS candidates` +
        ` GROUP BY ${keys} HAVING count(*) > 1 ORDER BY count(*) DESC, ${keys} LIMIT ${SHOWN}`,
    );
    if (rows.length === 0) return null;
    const left = rule.keys.length === 1 ? keys : `(${keys})`;
    return {
      table: rule.table,
      columns: rule.names,
      duplicates: rows.map((row) => ({ ...row, rows: Number(row.rows) })),
      query: `SELECT * FROM ${table} WHERE ${left} IN (${groups}) ORDER BY ${keys}`,
    };
  } catch {
    // The table or a column exists only inside the revision that was rolled back: there is nothing to look up.
    return null;
  }
}

/** `message_id = 'm1' (2 rows)`, for the error's message. */
export function describeDuplicates({ table, columns, duplicates }: Duplicates): string {
  const groups = duplicates.slice(0, 3).map((group) => {
    const values = columns.map((name) => `${name} = ${JSON.stringify(group[name])}`).join(', ');
    return `${values} (${group.rows} rows)`;
  });
  const more = duplicates.length > groups.length ? ', …' : '';
  return `table "${table}" has rows that would have to be unique: ${groups.join('; ')}${more}.`;
}
