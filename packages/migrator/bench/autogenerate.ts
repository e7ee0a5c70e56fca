import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDatabase, startPostgresqlServer } from '../../testing/src/postgresql-server/index.ts';
import { compare } from '../src/autogenerate/compare.ts';
import { dialectOf } from '../src/dialects/dialect-of.ts';
import type { Driver } from '../src/driver/driver.ts';
import { PostgresqlDriver } from '../src/driver/postgresql-driver.ts';
import { SqliteDriver } from '../src/driver/sqlite-driver.ts';
import { MigratorError } from '../src/errors.ts';
import { apply } from '../src/operations/apply.ts';
import type { Operation, SchemaOperation } from '../src/operations/operation.ts';
import { Operations } from '../src/operations/operations.ts';
import { emptySchema } from '../src/schema/schema.ts';
import { median } from './runtime/report.ts';

/**
 * How long it takes to find that a database of many tables has no difference from its models: reading the database and
 * comparing. Beside it Alembic, on the same database, where Debian's `python3-alembic` is installed.
 *
 * `npm run bench:autogenerate -w @freshmaker/migrator [-- --tables 1000] [--runs 5] [--json FILE]`
 */
const { values } = parseArgs({
  options: {
    tables: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const tables = Number(values.tables);
const runs = Number(values.runs);
const python = '/usr/bin/python3';
const COLUMNS = 10;

interface Result {
  readonly engine: string;
  readonly migrator: number;
  readonly alembic: number | null;
}

/** Tables that SQLAlchemy would describe alike: a key, texts, numbers, a moment, a key to the table before. */
function history(): readonly Operation[] {
  const op = new Operations();
  for (let at = 0; at < tables; at++) {
    const columns = Array.from({ length: COLUMNS - 4 }, (_, number) =>
      op.column(`column_${number}`, number % 2 === 0 ? op.t.string(100) : op.t.integer(), {
        nullable: number % 3 === 0,
      }),
    );
    op.createTable(`table_${at}`, [
      op.column('id', op.t.integer(), { primaryKey: true }),
      ...columns,
      op.column('price', op.t.numeric(10, 2)),
      op.column('at', op.t.dateTime()),
      op.column('parent_id', op.t.integer()),
      ...(at === 0 ? [] : [op.foreignKey(['parent_id'], `table_${at - 1}`, ['id'])]),
    ]);
    op.createIndex(`ix_table_${at}_at`, `table_${at}`, ['at']);
  }
  return op.recorded;
}

async function create(driver: Driver, operations: readonly Operation[]): Promise<void> {
  const dialect = dialectOf(driver.dialect);
  const localized: SchemaOperation[] = [];
  let schema = emptySchema;
  for (const operation of operations) {
    const local = dialect.localize(operation, schema) as SchemaOperation;
    localized.push(local);
    schema = apply(schema, local);
  }
  await driver.withSession(async (session) => {
    await session.query('BEGIN');
    for (const each of dialect.compile(localized, emptySchema).statements) await session.query(each.sql);
    await session.query('COMMIT');
  });
}

/** The median of some runs, in seconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

async function measure(engine: string, driver: Driver, alembicUrl: string): Promise<Result> {
  const operations = history();
  const models = operations.reduce(apply, emptySchema);
  const dialect = dialectOf(driver.dialect);
  await create(driver, operations);
  const migrator = await timed(async () => {
    const live = await driver.withSession((session) => dialect.inspect(session));
    const found = compare({ live, models, dialect });
    if (found.operations.length > 0)
      throw new Error(`false difference: ${JSON.stringify(found.operations[0])}`);
  });
  await driver.close();
  return { engine, migrator, alembic: alembic(alembicUrl) };
}

function alembic(url: string): number | null {
  if (!existsSync(python)) return null;
  const script = new URL('alembic_autogenerate.py', import.meta.url).pathname;
  try {
    const runsOfIt = String(Math.min(runs, 3));
    const output = execFileSync(python, [script, url, String(tables), String(COLUMNS), runsOfIt], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return Number(output.trim());
  } catch (error) {
    if ((error as { status?: number }).status === 3) return null; // It is not installed.
    throw error;
  }
}

async function onSqlite(): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'freshmaker-bench-'));
  try {
    const path = join(directory, 'bench.db');
    return await measure('SQLite', new SqliteDriver({ dialect: 'sqlite', path }), `sqlite:///${path}`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function onPostgresql(): Promise<Result> {
  await using server = await startPostgresqlServer();
  const url = new URL(await createDatabase(server.url));
  const settings = {
    dialect: 'postgresql',
    host: server.socketDirectory,
    port: server.port,
    user: decodeURIComponent(url.username) || 'postgres',
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)),
  } as const;
  const driver = new PostgresqlDriver(
    settings,
    (error) => new MigratorError('DATABASE_UNREACHABLE', String(error)),
  );
  return await measure(`PostgreSQL ${server.version}`, driver, url.href);
}

const results = [await onSqlite(), await onPostgresql()];
const lines = results.map(({ engine, migrator, alembic: other }) => {
  const share =
    other === null
      ? 'Alembic is not installed'
      : `Alembic ${other.toFixed(2)} s, ${(other / migrator).toFixed(1)} times as long`;
  return `${engine}: ${migrator.toFixed(3)} s (${share})`;
});
process.stdout.write(`${tables} tables of ${COLUMNS} columns, no difference:\n${lines.join('\n')}\n`);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ tables, runs, results }));
