import type { PGlite } from '@electric-sql/pglite';
import { openDriver, upgrade } from '@freshmaker/migrator/engine';
import { migrationsDirectory } from '@freshmaker/models/migrations';
import { MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import Database from 'better-sqlite3';
import pg from 'pg';
import { imageOf } from '../src/content/image.ts';
import { migrationsRecipe } from '../src/content/recipe.ts';
import type { EngineName } from '../src/engines/engine.ts';
import { startPglite } from '../src/engines/pglite-instance.ts';
import { clientConfigOf } from '../src/engines/postgresql-address.ts';
import { acquireServer, releaseServer } from '../src/engines/server-lease.ts';
import { createTestDatabase, type TestDatabase } from '../src/index.ts';
import { scratchSpace } from '../src/migration-tests/scratch-space.ts';
import { ormOptionsOf } from '../src/orm/project.ts';
import { OutsideWorld } from '../src/outside/outside-world.ts';
import { type Measured, measure } from './measure.ts';

/** A way to come by a database for a test. */
export interface Way {
  readonly name: string;
  measure(engine: EngineName, runs: number): Promise<Measured | null>;
}

const scripts = { directory: migrationsDirectory };

const question = 'SELECT count(*) FROM events';

/** A database counts as there when it has answered. */
async function ask(em: SqlEntityManager): Promise<void> {
  await em.execute(question);
}

async function dirty(db: TestDatabase): Promise<void> {
  await db.factories().chain(['ed', 'mksh', 'bash']);
}

export const ways: readonly Way[] = [
  {
    name: 'new database at head: `createTestDatabase()`',
    measure: (engine, runs) =>
      measure(
        runs,
        async (): Promise<{ db?: TestDatabase }> => ({}),
        async (holder) => {
          holder.db = await createTestDatabase({ engine });
        },
        async ({ db }) => db?.[Symbol.asyncDispose](),
      ),
  },
  {
    name: '… and its first answer, over a new connection',
    measure: (engine, runs) =>
      measure(
        runs,
        async (): Promise<{ db?: TestDatabase }> => ({}),
        async (holder) => {
          holder.db = await createTestDatabase({ engine });
          await ask(holder.db.em());
        },
        async ({ db }) => db?.[Symbol.asyncDispose](),
      ),
  },
  {
    name: "clean state for the next test: `isolation: 'reset'`",
    async measure(engine, runs) {
      await using db = await createTestDatabase({ engine });
      return await measure(
        runs,
        () => dirty(db),
        async () => {
          await db.isolate();
          await ask(db.em());
        },
      );
    },
  },
  {
    name: "clean state for the next test: `isolation: 'transaction'` (rollback)",
    async measure(engine, runs) {
      await using db = await createTestDatabase({ engine, isolation: 'transaction' });
      return await measure(
        runs,
        () => dirty(db),
        async () => {
          await db.isolate();
          await ask(db.em());
        },
      );
    },
  },
  {
    name: 'the bare engine: bytes, or `CREATE DATABASE … TEMPLATE`',
    measure: (engine, runs) => bare[engine](runs, false),
  },
  {
    name: '… and its first answer, over a new connection',
    measure: (engine, runs) => bare[engine](runs, true),
  },
  {
    name: 'running the migrations each time',
    async measure(engine, runs) {
      await using space = scratchSpace(engine);
      return await measure(
        runs,
        () => space.empty(),
        ({ driver }) => upgrade({ scripts, driver }, 'head', { production: false }),
        async (scratch) => scratch[Symbol.asyncDispose](),
      );
    },
  },
  {
    name: 'MikroORM: `schema.create()` on a new ORM',
    async measure(engine, runs) {
      if (engine !== 'sqlite') return null;
      const options = await ormOptionsOf({}, engine, new OutsideWorld().environment);
      return measure(
        runs,
        async (): Promise<{ orm?: MikroORM }> => ({}),
        async (holder) => {
          holder.orm = await MikroORM.init(options);
          await holder.orm.schema.create();
        },
        async ({ orm }) => orm?.close(),
      );
    },
  },
  {
    name: 'MikroORM: `schema.drop()` and `schema.create()` on a kept ORM',
    async measure(engine, runs) {
      await using db = await createTestDatabase({ engine, schema: 'entities' });
      return await measure(
        runs,
        () => dirty(db),
        async () => {
          await db.orm.schema.drop();
          await db.orm.schema.create();
        },
      );
    },
  },
];

/** What an engine itself needs, below which nobody gets; `asked` to the first answer. */
const bare: Readonly<Record<EngineName, (runs: number, asked: boolean) => Promise<Measured>>> = {
  async sqlite(runs, asked) {
    const image = await imageOf('sqlite', migrationsRecipe(scripts));
    return measure(
      runs,
      async (): Promise<{ database?: Database.Database }> => ({}),
      async (holder) => {
        holder.database = new Database(image);
        if (asked) holder.database.prepare(question).all();
      },
      async ({ database }) => database?.close(),
    );
  },
  async pglite(runs, asked) {
    const image = await imageOf('pglite', migrationsRecipe(scripts));
    return measure(
      Math.min(runs, 3),
      async (): Promise<{ pglite?: PGlite }> => ({}),
      async (holder) => {
        const { pglite } = await startPglite(image);
        holder.pglite = pglite;
        if (asked) await pglite.query(question);
      },
      async ({ pglite }) => pglite?.close(),
    );
  },
  async postgresql(runs, asked) {
    const server = await acquireServer();
    try {
      const template = await server.template(migrationsRecipe(scripts));
      const config = await clientConfigOf(server.url);
      return await measure(
        runs,
        async (): Promise<{ name?: string; client?: pg.Client }> => ({}),
        async (holder) => {
          holder.name = await server.clone(template);
          if (!asked) return;
          holder.client = new pg.Client({ ...config, database: holder.name });
          await holder.client.connect();
          await holder.client.query(question);
        },
        async ({ name, client }) => {
          await client?.end();
          if (name) await server.drop(name);
        },
      );
    } finally {
      await releaseServer();
    }
  },
};

/** Opens a database the way the migrator does, so that what it loads is loaded before anything is measured. */
export async function warmUp(): Promise<void> {
  const driver = openDriver({ dialect: 'sqlite', path: ':memory:' });
  await upgrade({ scripts, driver }, 'head', { production: false });
  await driver.close();
}
