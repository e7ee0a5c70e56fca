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

/**
 * The statements of a bulk insert: rows with the same columns go together, as many as a statement may carry. On PostgreSQL
 * the sequences of columns that count up go on behind the numbers that were given, as they do on SQLite: the next row would
 * get one of them again.
 */
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
    if (dialect.name === 'postgresql') yield* advanceSequences(operation.table, rows, dialect);
  }
}

/** The highest whole number that rows give for each column, where it is any: sequences begin with 1. */
function highestNumbers(rows: BulkInsert['rows']): ReadonlyMap<string, number | bigint> {
  const highest = new Map<string, number | bigint>();
  for (const column of Object.keys(rows[0] ?? {})) {
    let found: number | bigint = 0;
    for (const row of rows) {
      const value = row[column];
      const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value);
      if (isWhole && (value as number | bigint) > found) found = value as number | bigint;
    }
    if (found > 0) highest.set(column, found);
  }
  return highest;
}

/**
 * Columns without a sequence are passed over, and sequences that are further already, count down, never come to the number,
 * or are not this user's to set: nobody needs leave for a sequence to insert into an identity column.
 *
 * What a sequence gives next that has given nothing yet, it tells only by giving it: it may have been restarted behind the
 * number.
 */
function* advanceSequences(
  table: string,
  rows: BulkInsert['rows'],
  { quoteIdentifier, quoteLiteral }: Dialect,
): Generator<InsertStatement> {
  const given = highestNumbers(rows);
  if (given.size === 0) return;
  const owner = quoteLiteral(quoteIdentifier(table));
  const sequences = [...given].map(
    ([column, number]) => `(pg_get_serial_sequence(${owner}, ${quoteLiteral(column)}), ${number}::numeric)`,
  );
  yield {
    sql:
      'SELECT setval(sequence, CASE WHEN last IS NULL THEN greatest(nextval(sequence), number::bigint) ELSE number::bigint END)' +
      ` FROM (SELECT s::regclass AS sequence, n AS number FROM (VALUES ${sequences.join(', ')}) AS given (s, n)) AS given` +
      ' JOIN pg_catalog.pg_sequence ON seqrelid = sequence AND seqincrement > 0 AND number <= seqmax,' +
      " LATERAL (SELECT has_sequence_privilege(sequence, 'UPDATE') AND has_sequence_privilege(sequence, 'USAGE, SELECT') AS mine) AS rights," +
      ' LATERAL (SELECT CASE WHEN mine THEN pg_sequence_last_value(sequence) END AS last) AS state' +
      ' WHERE mine AND number > coalesce(last, seqstart - 1)',
    parameters: [],
  };
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
