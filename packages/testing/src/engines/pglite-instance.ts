import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { createPostgreSqlTypeParsers } from '@mikro-orm/sql';
import { type Dialect, Kysely, PGliteDialect } from 'kysely';
import { parse as parseArray } from 'postgres-array';
import { TestingError } from '../error.ts';

/** A PostgreSQL inside this process. */
export interface PgliteInstance {
  readonly pglite: PGlite;
  /** Over a connection of its own that is never closed. */
  readonly kysely: Kysely<unknown>;
  /** A dialect on it; closing what is opened with it leaves the instance running. */
  dialect(): Dialect;
}

/**
 * Starts an instance, which takes seconds and some hundred megabytes.
 *
 * @param image what it holds; an empty database when left out.
 * @throws TestingError `PGLITE_NOT_INSTALLED`.
 */
export async function startPglite(image?: Buffer): Promise<PgliteInstance> {
  const { PGlite } = await importPglite();
  const pglite = await PGlite.create({
    // The types MikroORM expects, which are not those of PGlite.
    parsers: createPostgreSqlTypeParsers((text) => parseArray(text)),
    ...(image && { loadDataDir: new Blob([new Uint8Array(image)]) }),
  });
  const dialect = () => new PGliteDialect({ pglite: withoutClose(pglite) });
  return { pglite, dialect, kysely: new Kysely({ dialect: dialect() }) };
}

/** What Kysely uses of an instance; its private fields allow no proxy. */
function withoutClose(pglite: PGlite): ConstructorParameters<typeof PGliteDialect>[0]['pglite'] {
  return {
    query: pglite.query.bind(pglite),
    transaction: pglite.transaction.bind(pglite),
    close: async () => undefined,
    get closed() {
      return pglite.closed;
    },
    get ready() {
      return pglite.ready;
    },
    waitReady: pglite.waitReady,
  } as ConstructorParameters<typeof PGliteDialect>[0]['pglite'];
}

/**
 * The version that is installed.
 *
 * @throws TestingError `PGLITE_NOT_INSTALLED`.
 */
export function pgliteVersion(): string {
  try {
    const module = createRequire(import.meta.url).resolve('@electric-sql/pglite');
    return JSON.parse(readFileSync(join(dirname(module), '..', 'package.json'), 'utf8')).version;
  } catch (cause) {
    throw notInstalled(cause);
  }
}

async function importPglite(): Promise<typeof import('@electric-sql/pglite')> {
  try {
    return await import('@electric-sql/pglite');
  } catch (cause) {
    throw notInstalled(cause);
  }
}

function notInstalled(cause: unknown): TestingError {
  return new TestingError(
    'PGLITE_NOT_INSTALLED',
    'PGlite is not installed.',
    'Install it: npm install --save-dev --save-exact @mikro-orm/pglite@7.2.1 @electric-sql/pglite@0.5.8',
    { cause },
  );
}
