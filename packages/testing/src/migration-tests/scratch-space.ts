import { type Driver, KyselyDriver } from '@freshmaker/migrator/engine';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import pg from 'pg';
import type { EngineName } from '../engines/engine.ts';
import { type PgliteInstance, startPglite } from '../engines/pglite-instance.ts';
import { clientConfigOf, migratorDriver } from '../engines/postgresql-address.ts';
import type { PostgresqlTestServer } from '../engines/postgresql-server.ts';
import { acquireServer, releaseServer } from '../engines/server-lease.ts';
import { databaseUrl } from '../postgresql-server/index.ts';

/** A database that a migration test may do anything with. */
export interface Scratch extends AsyncDisposable {
  readonly driver: Driver;
  /** Runs SQL as a shell would that is fed with it. */
  feed(sql: string): Promise<void>;
  /** A copy of it; null where that would take longer than making one anew. Nobody may be using it meanwhile. */
  copy(): Promise<Scratch> | null;
}

/** Where scratch databases of one engine come from. */
export interface ScratchSpace extends AsyncDisposable {
  readonly engine: EngineName;
  /** An empty database. On PGlite there is one at a time: the last one is gone. */
  empty(): Promise<Scratch>;
}

export function scratchSpace(engine: EngineName): ScratchSpace {
  switch (engine) {
    case 'sqlite':
      return {
        engine,
        empty: async () => openSqlite(new Database(':memory:')),
        async [Symbol.asyncDispose]() {},
      };
    case 'pglite':
      return new PgliteSpace();
    case 'postgresql':
      return new PostgresqlSpace();
  }
}

function openSqlite(database: Database.Database): Scratch {
  database.pragma('foreign_keys = ON');
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  return {
    driver: new KyselyDriver('sqlite', 'SQLite in memory', async () => kysely),
    feed: async (sql) => void database.exec(sql),
    copy: async () => openSqlite(new Database(database.serialize())),
    [Symbol.asyncDispose]: () => kysely.destroy(),
  };
}

class PgliteSpace implements ScratchSpace {
  readonly engine = 'pglite';
  #instance: Promise<PgliteInstance> | undefined;

  async empty(): Promise<Scratch> {
    this.#instance ??= startPglite();
    const { pglite, kysely } = await this.#instance;
    await pglite.exec('ROLLBACK; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    return {
      driver: new KyselyDriver('postgresql', 'PGlite', async () => kysely),
      feed: async (sql) => {
        for (const part of partsOf(sql)) await pglite.exec(part);
      },
      copy: () => null,
      async [Symbol.asyncDispose]() {},
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#instance)?.pglite.close();
  }
}

class PostgresqlSpace implements ScratchSpace {
  readonly engine = 'postgresql';
  #server: Promise<PostgresqlTestServer> | undefined;

  async empty(): Promise<Scratch> {
    this.#server ??= acquireServer();
    return this.#copy(await this.#server, 'template1');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server) await releaseServer();
  }

  async #copy(server: PostgresqlTestServer, template: string): Promise<Scratch> {
    const name = await server.clone(template);
    const url = databaseUrl(server.url, name);
    const driver = await migratorDriver(url);
    return {
      driver,
      feed: (sql) => feedPostgresql(url, sql),
      // The driver connects again when it is next used; a database that is copied must be left alone.
      copy: async () => {
        await driver.close();
        return this.#copy(server, name);
      },
      [Symbol.asyncDispose]: async () => {
        await driver.close();
        await server.drop(name);
      },
    };
  }
}

async function feedPostgresql(url: string, sql: string): Promise<void> {
  const client = new pg.Client(await clientConfigOf(url));
  await client.connect();
  try {
    for (const part of partsOf(sql)) await client.query(part);
  } finally {
    await client.end();
  }
}

/** Transactions as a whole, and what stands outside of them one by one, as a shell sends them. */
function partsOf(sql: string): string[] {
  return sql.split(/^(?=BEGIN;$)/m).flatMap((piece) => {
    const [inside = '', outside = ''] = piece.startsWith('BEGIN;')
      ? piece.split(/(?<=^COMMIT;$)/m)
      : ['', piece];
    return [inside, ...outside.split(/;\n\n/)].filter((part) => part.trim() !== '');
  });
}
