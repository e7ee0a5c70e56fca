import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { OperationError } from '../errors.ts';
import type { BatchOptions } from '../operations/run.ts';
import type { EventListener } from './events.ts';

const DEFAULT_SIZE = 1000;

/** Where a walk through a table stands: the key of the last row of the last finished batch. */
export interface BatchProgress {
  /** Null before the first batch. */
  readonly after: readonly unknown[] | null;
  readonly done: number;
}

/** What surrounds each batch; outside a transaction it gives every batch one of its own and keeps the place. */
export interface BatchScope {
  readonly start: BatchProgress;
  begin(): Promise<void>;
  end(progress: BatchProgress): Promise<void>;
  abandon(): Promise<void>;
}

export interface BatchEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly listener: EventListener;
}

interface KeyedRow {
  readonly key: readonly unknown[];
  readonly row: Record<string, unknown>;
}

/**
 * Walks a table in the order of a unique key, one batch of rows in memory at a time (keyset paging: no OFFSET, so the
 * last batch costs as much as the first).
 *
 * @throws OperationError `OPERATION_INVALID` for a table without a primary key when no order is given.
 */
export async function* batches<Row>(
  environment: BatchEnvironment,
  scope: BatchScope,
  table: string,
  options: BatchOptions = {},
): AsyncGenerator<Row[]> {
  const { session, dialect, listener } = environment;
  const size = options.size ?? DEFAULT_SIZE;
  const order = options.order ?? (await primaryKeyColumns(environment, table));
  const query = batchQuery(dialect, table, order, options.where, size);
  let progress = scope.start;
  const total = progress.done + (await count(environment, query, progress));
  for (;;) {
    await scope.begin();
    let finished = false;
    try {
      const rows = await read(session, query, order.length, progress.after);
      const last = rows.at(-1);
      if (last) {
        yield rows.map((each) => each.row as Row);
        progress = { after: last.key, done: progress.done + rows.length };
        listener({ type: 'progress', message: `Rows of "${table}"`, done: progress.done, total });
      }
      await scope.end(progress);
      finished = true;
      if (rows.length < size) return;
    } finally {
      if (!finished) await scope.abandon();
    }
  }
}

interface BatchQuery {
  readonly rows: (after: readonly unknown[] | null) => string;
  readonly count: (after: readonly unknown[] | null) => string;
}

function batchQuery(
  dialect: Dialect,
  table: string,
  order: readonly string[],
  where: string | undefined,
  size: number,
): BatchQuery {
  const name = dialect.quoteIdentifier(table);
  const keys = order.map((each) => dialect.quoteIdentifier(each));
  const placeholder = (at: number) => (dialect.name === 'sqlite' ? '?' : `$${at + 1}`);
  // As text on PostgreSQL, so that a key survives the way through JavaScript to the last digit.
  const asKey = (key: string) => (dialect.name === 'sqlite' ? key : `${key}::text`);
  const keyColumns = keys.map((key, at) => `${asKey(key)} AS ${dialect.quoteIdentifier(keyAlias(at))}`);
  const condition = (after: readonly unknown[] | null) => {
    const parts = [
      ...(where === undefined ? [] : [`(${where})`]),
      ...(after === null
        ? []
        : [`(${keys.join(', ')}) > (${keys.map((_, at) => placeholder(at)).join(', ')})`]),
    ];
    return parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`;
  };
  return {
    rows: (after) =>
      `SELECT ${name}.*, ${keyColumns.join(', ')} FROM ${name}${condition(after)} ORDER BY ${keys.join(', ')} LIMIT ${size}`,
    count: (after) => `SELECT count(*) AS "count" FROM ${name}${condition(after)}`,
  };
}

const keyAlias = (at: number) => `batch key ${at}`;

async function read(
  session: Session,
  query: BatchQuery,
  keyLength: number,
  after: readonly unknown[] | null,
): Promise<KeyedRow[]> {
  const { rows } = await session.query(query.rows(after), after ?? []);
  return rows.map((row) => {
    const aliases = Array.from({ length: keyLength }, (_, at) => keyAlias(at));
    const own = Object.entries(row).filter(([name]) => !aliases.includes(name));
    return { key: aliases.map((alias) => row[alias]), row: Object.fromEntries(own) };
  });
}

async function count(
  { session }: BatchEnvironment,
  query: BatchQuery,
  start: BatchProgress,
): Promise<number> {
  const { rows } = await session.query<{ count: number | string }>(
    query.count(start.after),
    start.after ?? [],
  );
  return Number(rows[0]?.count ?? 0);
}

async function primaryKeyColumns(
  { session, dialect }: BatchEnvironment,
  table: string,
): Promise<readonly string[]> {
  const { rows } =
    dialect.name === 'sqlite'
      ? await session.query<{ name: string }>(
          'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk',
          [table],
        )
      : await session.query<{ name: string }>(
          'SELECT a.attname::text AS name FROM pg_catalog.pg_index i' +
            ' CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)' +
            ' JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum' +
            ' WHERE i.indrelid = to_regclass($1) AND i.indisprimary ORDER BY k.position',
          [dialect.quoteIdentifier(table)],
        );
  if (rows.length > 0) return rows.map((row) => row.name);
  throw new OperationError('OPERATION_INVALID', `Table "${table}" has no primary key to walk by.`, {
    hint: 'Pass { order: […] } with the columns of a unique key.',
    facts: { table },
  });
}
