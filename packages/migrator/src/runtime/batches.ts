import type { Dialect } from '../dialects/dialect.ts';
import { parenthesized } from '../dialects/parenthesized.ts';
import type { Session } from '../driver/driver.ts';
import { OperationError } from '../errors.ts';
import type { BatchOptions } from '../operations/run.ts';
import { batchKey } from './batch-key.ts';
import type { EventListener } from './events.ts';
import { interruptPoint } from './waiting/interrupt.ts';

const DEFAULT_SIZE = 1000;

/** Where a walk through a table stands: the key of the last row of the last finished batch. */
export interface BatchProgress {
  /** Null before the first batch. */
  readonly after: readonly string[] | null;
  readonly done: number;
}

/** What surrounds each batch; outside a transaction it gives every batch one of its own and keeps the place. */
export interface BatchScope {
  readonly start: BatchProgress;
  begin(): Promise<void>;
  end(progress: BatchProgress): Promise<void>;
  /** The author's loop was left, by `break` or by an error of its own: which, the end of the step tells. */
  leave(): void;
  /** @returns the error to throw instead. */
  abandon(error: unknown): Promise<unknown>;
}

export interface BatchEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly listener: EventListener;
  readonly signal: AbortSignal | undefined;
}

/**
 * Walks a table in the order of a unique key, one batch of rows in memory at a time (keyset paging: no OFFSET, so the
 * last batch costs as much as the first).
 *
 * @throws OperationError `OPERATION_INVALID` as {@link batchKey}, and where a key holds NULL, which has no place in an order.
 */
export async function* batches<Row>(
  environment: BatchEnvironment,
  scope: BatchScope,
  table: string,
  options: BatchOptions = {},
): AsyncGenerator<Row[]> {
  const { session, dialect, listener, signal } = environment;
  const size = options.size ?? DEFAULT_SIZE;
  const order = await batchKey(session, dialect, table, options.order);
  const query = batchQuery(dialect, table, order, options.where, size);
  let progress = scope.start;
  const total = progress.done + (await count(session, query, table, order, progress));
  for (let last = false; !last; ) {
    await interruptPoint(signal);
    await scope.begin();
    let open = true;
    try {
      const rows = await read(session, query, order.length, progress.after);
      last = rows.length < size;
      const end = rows.at(-1);
      if (end) {
        yield rows.map((each) => each.row as Row);
        progress = { after: end.key, done: progress.done + rows.length };
      }
      await scope.end(progress);
      open = false;
      if (end) listener({ type: 'progress', message: `Rows of "${table}"`, done: progress.done, total });
    } catch (error) {
      open = false;
      throw await scope.abandon(error);
    } finally {
      if (open) scope.leave();
    }
  }
}

interface KeyedRow {
  readonly key: readonly string[];
  readonly row: Record<string, unknown>;
}

interface BatchQuery {
  readonly rows: (after: readonly string[] | null) => Query;
  readonly count: (after: readonly string[] | null) => Query;
}

interface Query {
  readonly sql: string;
  readonly parameters: readonly string[];
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
  const { encode, decode } = keyTexts[dialect.name];
  const keyColumns = keys.map((key, at) => `${encode(key)} AS ${dialect.quoteIdentifier(keyAlias(at))}`);
  const condition = (after: readonly string[] | null): Query => {
    const given = where === undefined ? [] : [parenthesized(where)];
    const from = after === null ? null : decode(after);
    const parts = from === null ? given : [...given, `(${keys.join(', ')}) > (${from.sql})`];
    return {
      sql: parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`,
      parameters: from?.parameters ?? [],
    };
  };
  const nulls = keys.map((key) => `${key} IS NULL`).join(' OR ');
  return {
    rows: (after) => {
      const { sql, parameters } = condition(after);
      const columns = [`${name}.*`, ...keyColumns].join(', ');
      return {
        sql: `SELECT ${columns} FROM ${name}${sql} ORDER BY ${keys.join(', ')} LIMIT ${size}`,
        parameters,
      };
    },
    count: (after) => {
      const { sql, parameters } = condition(after);
      const counts = `count(*) AS "count", count(*) FILTER (WHERE ${nulls}) AS "nulls"`;
      return { sql: `SELECT ${counts} FROM ${name}${sql}`, parameters };
    },
  };
}

/**
 * Keys go through JavaScript, and into the checkpoint, as text, so that each comes back as it was, to the last digit.
 * PostgreSQL reads its own text; SQLite's values have types of their own, so all but text are kept as SQL.
 */
const keyTexts = {
  sqlite: {
    encode: (key: string) =>
      `CASE typeof(${key}) WHEN 'text' THEN 't' || ${key} ELSE 'v' || quote(${key}) END`,
    decode: (after: readonly string[]): Query => ({
      sql: after.map((text) => (text.startsWith('t') ? '?' : text.slice(1))).join(', '),
      parameters: after.filter((text) => text.startsWith('t')).map((text) => text.slice(1)),
    }),
  },
  postgresql: {
    encode: (key: string) => `${key}::text`,
    decode: (after: readonly string[]): Query => ({
      sql: after.map((_, at) => `$${at + 1}`).join(', '),
      parameters: after,
    }),
  },
} as const;

const keyAlias = (at: number) => `batch key ${at}`;

async function read(
  session: Session,
  query: BatchQuery,
  keyLength: number,
  after: readonly string[] | null,
): Promise<KeyedRow[]> {
  const { sql, parameters } = query.rows(after);
  const { rows } = await session.query(sql, parameters);
  const aliases = Array.from({ length: keyLength }, (_, at) => keyAlias(at));
  return rows.map((row) => ({
    key: aliases.map((alias) => String(row[alias])),
    row: Object.fromEntries(Object.entries(row).filter(([name]) => !aliases.includes(name))),
  }));
}

async function count(
  session: Session,
  query: BatchQuery,
  table: string,
  order: readonly string[],
  start: BatchProgress,
): Promise<number> {
  const { sql, parameters } = query.count(start.after);
  const { rows } = await session.query<{ count: number | string; nulls: number | string }>(sql, parameters);
  const nulls = Number(rows[0]?.nulls ?? 0);
  if (nulls === 0) return Number(rows[0]?.count ?? 0);
  throw new OperationError(
    'OPERATION_INVALID',
    `${nulls} row(s) of "${table}" hold NULL in ${order.join(', ')} and would be left out.`,
    { hint: 'Leave them out yourself with { where: … }, or walk by another key.', facts: { table, nulls } },
  );
}
