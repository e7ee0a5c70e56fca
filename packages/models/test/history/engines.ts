import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DialectName, type Driver, openDriver, type ScriptLocations } from '@freshmaker/migrator';
import Database from 'better-sqlite3';
import pg from 'pg';
import { lendDatabase } from '../../../../tooling/jest/lend-database.ts';
import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { type PostgresqlAddress, parseDatabaseUrl } from '../../src/database/database-url.ts';
import { postgresqlClientConfig } from '../../src/database/postgresql-client-config.ts';

/** Freshmaker's own scripts. */
export const scripts: ScriptLocations = {
  directory: fileURLToPath(new URL('../../migrations', import.meta.url)),
};

/** An empty database of a test's own. */
export interface EmptyDatabase extends AsyncDisposable {
  readonly driver: Driver;
  readonly url: string;
  /** Runs a dump, as `sqlite3 FILE <` and `psql` would. */
  restore(sql: string): Promise<void>;
}

export interface Engine {
  readonly name: string;
  readonly dialect: DialectName;
  create(): Promise<EmptyDatabase>;
}

export const engines: readonly Engine[] = [
  { name: 'SQLite', dialect: 'sqlite', create: createSqlite },
  ...postgresqlServers().map(
    (server): Engine => ({
      name: server.name,
      dialect: 'postgresql',
      create: async () => {
        const database = await lendDatabase(server);
        const address = parseDatabaseUrl(database.url, { cwd: process.cwd(), env: {} }) as PostgresqlAddress;
        const driver = openDriver({ dialect: 'postgresql', ...(await postgresqlClientConfig(address)) });
        return {
          driver,
          url: database.url,
          restore: (sql) => restorePostgresql(database.url, sql),
          [Symbol.asyncDispose]: async () => {
            await driver.close();
            await database.drop();
          },
        };
      },
    }),
  ),
];

async function createSqlite(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'freshmaker-history-'));
  const path = join(folder, 'freshmaker.db');
  const driver = openDriver({ dialect: 'sqlite', path });
  return {
    driver,
    url: `sqlite:///${path}`,
    restore: async (sql) => {
      const database = new Database(path);
      database.exec(sql);
      database.close();
    },
    [Symbol.asyncDispose]: async () => {
      await driver.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function restorePostgresql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A recording of the Python service. */
export function oracle<Recording>(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`../oracle/${name}`, import.meta.url), 'utf8')) as Recording;
}

export function oracleDump(name: string): string {
  return readFileSync(new URL(`../oracle/databases/${name}`, import.meta.url), 'utf8');
}
