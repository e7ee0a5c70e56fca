import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lendDatabase } from '../../../../tooling/jest/lend-database.ts';
import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { dialectOf } from '../../src/dialects/dialect-of.ts';
import type { Driver, Session } from '../../src/driver/driver.ts';
import { type DatabaseSettings, openDriver } from '../../src/runtime/open-driver.ts';
import { isOwnTable } from '../../src/runtime/own-tables.ts';
import { writeHistory } from './history.ts';

/** An empty database of a test's own, and a folder for its scripts. */
export interface Place extends AsyncDisposable {
  readonly settings: DatabaseSettings;
  /** A folder that ends with the test. */
  readonly folder: string;
  readonly driver: Driver;
  /** Runs a statement on a connection that is not the migrator's. */
  query<Row = Record<string, unknown>>(sql: string): Promise<readonly Row[]>;
  /** Lends a connection that is not the migrator's. */
  withSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Writes a history, over the one before, and says where it is. */
  scripts(history: Parameters<typeof writeHistory>[1]): { readonly directory: string };
}

export interface Engine {
  readonly name: string;
  readonly dialect: 'sqlite' | 'postgresql';
  open(): Promise<Place>;
}

export const sqlite: Engine = {
  name: 'sqlite',
  dialect: 'sqlite',
  async open() {
    const folder = newFolder();
    return placeOf({ dialect: 'sqlite', path: join(folder, 'test.db') }, folder, async () => undefined);
  },
};

export const postgresql: readonly Engine[] = postgresqlServers().map((server) => ({
  name: server.name,
  dialect: 'postgresql' as const,
  async open() {
    const database = await lendDatabase(server);
    return placeOf(postgresqlSettings(database.url), newFolder(), () => database.drop());
  },
}));

export const engines: readonly Engine[] = [sqlite, ...postgresql];

export function postgresqlSettings(url: string): DatabaseSettings {
  const { searchParams, port, username, pathname } = new URL(url);
  return {
    dialect: 'postgresql',
    host: searchParams.get('host') ?? 'localhost',
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** Opens what is at an address, for a test that made it otherwise. */
export function placeOf(settings: DatabaseSettings, folder: string, drop: () => Promise<unknown>): Place {
  const driver = openDriver(settings);
  const other = openDriver(settings);
  return {
    settings,
    folder,
    driver,
    withSession: (work) => other.withSession(work),
    query: <Row>(sql: string) => other.withSession(async (session) => (await session.query<Row>(sql)).rows),
    scripts: (history) => writeHistory(folder, history),
    async [Symbol.asyncDispose]() {
      await driver.close();
      await other.close();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'migrator-runtime-'));
}

/** Schema and rows, to be compared: two databases with the same are the same to everybody. */
export async function contentsOf(place: Place): Promise<unknown> {
  const { dialect: name } = place.settings;
  const dialect = dialectOf(name);
  return place.withSession(async (session) => {
    const schema = await dialect.inspect(session, { exclude: isOwnTable });
    const tables = schema.tables.toSorted((left, right) => (left.name < right.name ? -1 : 1));
    const rows: Record<string, unknown> = {};
    for (const table of tables) {
      const names = table.columns.map((each) => dialect.quoteIdentifier(each.name)).toSorted();
      const key = names.join(', ');
      rows[table.name] = (
        await session.query(`SELECT ${key} FROM ${dialect.quoteIdentifier(table.name)} ORDER BY ${key}`)
      ).rows;
    }
    return { ...schema, tables: tables.map((each) => withSortedIndexes(each)), rows };
  });
}

function withSortedIndexes<Table extends { readonly indexes: readonly { readonly name: string }[] }>(
  table: Table,
): Table {
  return {
    ...table,
    indexes: table.indexes.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
  };
}

/** The version rows; none where the table is missing. */
export async function versionsOf(place: Place): Promise<readonly string[]> {
  const { tables } = await place.withSession((session) =>
    dialectOf(place.settings.dialect).inspect(session, { exclude: (table) => table !== 'alembic_version' }),
  );
  if (tables.length === 0) return [];
  const rows = await place.query<{ version_num: string }>(
    'SELECT version_num FROM alembic_version ORDER BY 1',
  );
  return rows.map((row) => row.version_num);
}

/** Whether a revision is half done. */
export async function hasCheckpoint(place: Place): Promise<boolean> {
  const { tables } = await place.withSession((session) =>
    dialectOf(place.settings.dialect).inspect(session, {
      exclude: (table) => table !== 'migrator_checkpoint',
    }),
  );
  return tables.length > 0;
}
