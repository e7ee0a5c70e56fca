import type { Dialect } from '../dialects/dialect.ts';
import type { DialectName } from '../driver/driver.ts';
import { OperationError } from '../errors.ts';
import type { BulkInsert } from '../operations/operation.ts';

/** One INSERT with its values as parameters. */
export interface InsertStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Parameters per statement: below SQLite's and PostgreSQL's limits (32,766 and 65,535). */
const MAX_PARAMETERS = 30_000;

/** The statements of a bulk insert: rows with the same columns go together, as many as a statement may carry. */
export function* insertStatements(operation: BulkInsert, dialect: Dialect): Generator<InsertStatement> {
  for (const rows of sameColumns(operation.rows)) {
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) {
      for (const _ of rows)
        yield {
          sql: `INSERT INTO ${dialect.quoteIdentifier(operation.table)} DEFAULT VALUES`,
          parameters: [],
        };
      continue;
    }
    const perStatement = Math.max(1, Math.floor(MAX_PARAMETERS / columns.length));
    for (let at = 0; at < rows.length; at += perStatement) {
      yield insert(operation.table, columns, rows.slice(at, at + perStatement), dialect);
    }
  }
}

/** Runs of neighbouring rows that give the same columns, so that the order of rows stays. */
function sameColumns(rows: BulkInsert['rows']): BulkInsert['rows'][] {
  const runs: Record<string, unknown>[][] = [];
  let signature: string | null = null;
  for (const row of rows) {
    const columns = JSON.stringify(Object.keys(row));
    if (columns === signature) runs.at(-1)?.push(row);
    else runs.push([row]);
    signature = columns;
  }
  return runs;
}

function insert(
  table: string,
  columns: readonly string[],
  rows: BulkInsert['rows'],
  dialect: Dialect,
): InsertStatement {
  const parameters: unknown[] = [];
  const tuples = rows.map((row) => {
    const marks = columns.map((column) => {
      parameters.push(bindable(row[column], dialect));
      return dialect.name === 'sqlite' ? '?' : `$${parameters.length}`;
    });
    return `(${marks.join(', ')})`;
  });
  const names = columns.map((column) => dialect.quoteIdentifier(column)).join(', ');
  return {
    sql: `INSERT INTO ${dialect.quoteIdentifier(table)} (${names}) VALUES ${tuples.join(', ')}`,
    parameters,
  };
}

/**
 * A value as the driver takes it: objects and arrays are JSON.
 *
 * @throws OperationError `OPERATION_INVALID` for NaN on SQLite, which would store NULL instead.
 */
export function bindable(value: unknown, dialect: Dialect): unknown {
  if (value === undefined) return null;
  if (value !== null && typeof value === 'object' && !(value instanceof Date) && !ArrayBuffer.isView(value)) {
    return JSON.stringify(value);
  }
  return bindableScalar(value, dialect.name);
}

/**
 * A single value as the driver takes it: SQLite has no booleans and no dates. Dates are in UTC on both databases, whatever
 * the time zone of whoever migrates, in which PostgreSQL's driver would write them.
 *
 * @throws OperationError `OPERATION_INVALID` for NaN on SQLite, which would store NULL instead.
 */
export function bindableScalar(value: unknown, dialect: DialectName): unknown {
  if (dialect !== 'sqlite') return value instanceof Date ? value.toISOString() : value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  // The driver binds every number as a real one, which a text column would keep as '5.0'.
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return BigInt(value as number);
  if (Number.isNaN(value)) throw notANumber();
  if (value instanceof Date) return sqlAlchemyText(value);
  return value;
}

function notANumber(): OperationError {
  return new OperationError('OPERATION_INVALID', 'SQLite has no NaN: it would store NULL instead.', {
    hint: 'Write null where no number is meant.',
  });
}

/** A date as SQLAlchemy writes it into SQLite: `YYYY-MM-DD HH:MM:SS.ffffff`, UTC. */
function sqlAlchemyText(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', '000');
}
