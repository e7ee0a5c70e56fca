import { writeFileSync } from 'node:fs';
import { imageOf } from '../content/image.ts';
import type { SchemaRecipe } from '../content/recipe.ts';
import type { Connection, ConnectionSource, Store } from './engine.ts';
import { keptFile } from './kept-file.ts';
import { type PgliteInstance, startPglite } from './pglite-instance.ts';
import { RowReset, type Run } from './row-reset.ts';

/** An instance that no test uses, back at the beginning. One is kept: it is fast to reuse, and takes much memory. */
let idle: (Started & { readonly hash: string }) | undefined;
/** How long it is kept for the next suite, in milliseconds: an instance has a timer, which keeps its process alive. */
const patience = 1000;

interface Started {
  readonly instance: PgliteInstance;
  /** Back to what the schema alone makes. */
  readonly emptied: RowReset;
}

/** A PostgreSQL in this process that holds the schema of a recipe. */
export async function openPgliteStore(recipe: SchemaRecipe): Promise<Store> {
  return new PgliteStore(recipe, await takeIdle(recipe));
}

async function takeIdle(recipe: SchemaRecipe): Promise<Started> {
  const found = idle;
  idle = undefined;
  if (found?.hash === recipe.hash) return found;
  await found?.instance.pglite.close();
  return start(recipe);
}

async function start(recipe: SchemaRecipe): Promise<Started> {
  const instance = await startPglite(await imageOf('pglite', recipe));
  return { instance, emptied: await RowReset.capture(runOn(instance)) };
}

function runOn({ pglite }: PgliteInstance): Run {
  return async <Row>(sql: string) => (await pglite.query<Row>(sql)).rows;
}

class PgliteStore implements Store {
  readonly url = null;
  readonly #recipe: SchemaRecipe;
  #started: Started;
  #sealed: RowReset;

  constructor(recipe: SchemaRecipe, started: Started) {
    this.#recipe = recipe;
    this.#started = started;
    this.#sealed = started.emptied;
  }

  get source(): ConnectionSource {
    const { instance } = this.#started;
    return { dialect: instance.dialect(), native: instance.pglite };
  }

  async seal(): Promise<void> {
    this.#sealed = await RowReset.capture(runOn(this.#started.instance));
  }

  async reset(connection: Connection, reseed: () => Promise<void>): Promise<void> {
    if (await this.#sealed.apply(runOn(this.#started.instance))) return;
    await connection.close();
    await this.#started.instance.pglite.close();
    this.#started = await start(this.#recipe);
    this.#sealed = this.#started.emptied;
    await reseed();
  }

  async keep(name: string): Promise<string> {
    const path = keptFile(`${name}.tar`);
    const dump = await this.#started.instance.pglite.dumpDataDir('none');
    writeFileSync(path, await dump.bytes());
    return `node -e "import('@electric-sql/pglite').then(async ({ PGlite }) => { const db = await PGlite.create({ loadDataDir: await require('node:fs').openAsBlob('${path}') }); console.table((await db.query(process.argv[1])).rows); })" 'SELECT * FROM pg_tables'`;
  }

  async dispose(): Promise<void> {
    const { instance, emptied } = this.#started;
    let surplus: PgliteInstance | undefined = instance;
    try {
      if (await emptied.apply(runOn(instance))) {
        surplus = idle?.instance;
        keepIdle({ ...this.#started, hash: this.#recipe.hash });
      }
    } finally {
      await surplus?.pglite.close();
    }
  }
}

function keepIdle(started: NonNullable<typeof idle>): void {
  idle = started;
  setTimeout(() => {
    if (idle !== started) return;
    idle = undefined;
    void started.instance.pglite.close();
  }, patience).unref();
}
