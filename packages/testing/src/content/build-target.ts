import { writeFile } from 'node:fs/promises';
import type { Driver } from '@freshmaker/migrator/engine';
import Database from 'better-sqlite3';
import pg from 'pg';
import { startPglite } from '../engines/pglite-instance.ts';
import { migratorDriver } from '../engines/postgresql-address.ts';
import type { BuildJob } from './build-job.ts';

/** An empty database that is to get a schema. */
export interface BuildTarget {
  execute(sql: string): Promise<void>;
  /** For the migrations. */
  driver(): Promise<Driver>;
  /** Puts what was made where the job says. */
  save(): Promise<void>;
  close(): Promise<void>;
}

export async function openTarget(target: BuildJob['target']): Promise<BuildTarget> {
  if (target.engine === 'sqlite') return openSqlite(target.path);
  return target.engine === 'pglite' ? openPglite(target.path) : openPostgresql(target.url);
}

async function openSqlite(path: string): Promise<BuildTarget> {
  const { openDriver } = await import('@freshmaker/migrator/engine');
  const driver = openDriver({ dialect: 'sqlite', path });
  return {
    async execute(sql) {
      const database = new Database(path);
      database.exec(sql);
      database.close();
    },
    driver: async () => driver,
    save: async () => undefined,
    close: () => driver.close(),
  };
}

async function openPglite(path: string): Promise<BuildTarget> {
  const { KyselyDriver } = await import('@freshmaker/migrator/engine');
  const { pglite, kysely } = await startPglite();
  return {
    execute: async (sql) => void (await pglite.exec(sql)),
    driver: async () => new KyselyDriver('postgresql', 'PGlite', async () => kysely),
    save: async () => writeFile(path, await (await pglite.dumpDataDir('none')).bytes(), { flush: true }),
    close: () => pglite.close(),
  };
}

async function openPostgresql(url: string): Promise<BuildTarget> {
  const driver = await migratorDriver(url);
  return {
    async execute(sql) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(sql).finally(() => client.end());
    },
    driver: async () => driver,
    save: async () => undefined,
    close: () => driver.close(),
  };
}
