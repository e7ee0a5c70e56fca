import type { SqlEntityManager } from '@mikro-orm/sql';
import { type EngineName, engineNames } from '../engines/engine.ts';
import { TestingError } from '../error.ts';
import type { ProjectOptions } from '../orm/project.ts';
import type { Environment } from '../outside/outside-world.ts';

/** What happens to a database between two tests. */
export type Isolation =
  /** It becomes again what it was before the first one: the same rows, and ids that count from the same number. */
  | 'reset'
  /** Each test runs in a transaction that is rolled back. The fastest on PostgreSQL, whose sequences go on counting. */
  | 'transaction'
  /** Nothing. */
  | 'none';

export interface TestDatabaseOptions extends ProjectOptions {
  /** Default: what `FRESHMAKER_TEST_ENGINE` says, else `sqlite`. */
  readonly engine?: EngineName;
  /** SQLite in a file, which other connections and processes open by `db.url`, instead of in memory. Default: false. */
  readonly file?: boolean;
  /** Default: `reset`. */
  readonly isolation?: Isolation;
  /** Where the schema comes from. Default: `migrations`; `entities` for a project that has no migrations. */
  readonly schema?: 'migrations' | 'entities';
  /** The name of a user who is there when a test begins, with id 1 (Freshmaker's own tests: `tester1`). */
  readonly user?: string;
  /** Fills the database once; tests begin with what it has written. It is flushed afterwards. */
  readonly seed?: (em: SqlEntityManager) => unknown;
  /** Where the clock stands when a test begins. Default: 2017-08-21T13:42:20Z. */
  readonly now?: Date;
  /** Replaces parts of the world outside for all tests. */
  readonly environment?: Partial<Environment>;
}

/** The options with their defaults. */
export interface ResolvedOptions extends TestDatabaseOptions {
  readonly engine: EngineName;
  readonly isolation: Isolation;
  readonly schema: 'migrations' | 'entities';
}

/** @throws TestingError `TEST_OPTIONS_INVALID` naming what is not among the choices. */
export function resolveOptions(options: TestDatabaseOptions): ResolvedOptions {
  const hasMigrations = options.entities === undefined || options.migrations !== undefined;
  const resolved: ResolvedOptions = {
    ...options,
    engine: options.engine ?? (process.env.FRESHMAKER_TEST_ENGINE as EngineName | undefined) ?? 'sqlite',
    isolation: options.isolation ?? 'reset',
    schema: options.schema ?? (hasMigrations ? 'migrations' : 'entities'),
  };
  oneOf('engine', resolved.engine, engineNames);
  oneOf('isolation', resolved.isolation, ['reset', 'transaction', 'none']);
  oneOf('schema', resolved.schema, ['migrations', 'entities']);
  if (resolved.schema === 'migrations' && !hasMigrations) {
    throw new TestingError(
      'TEST_OPTIONS_INVALID',
      'There are entities, and no migrations to make their tables.',
      "Give the migrations directory as `migrations`, or take `schema: 'entities'`.",
    );
  }
  if (options.file && resolved.engine === 'pglite') {
    throw new TestingError(
      'TEST_OPTIONS_INVALID',
      'PGlite is in this process alone: nobody else can open it.',
      "Leave `file` out, or take `engine: 'postgresql'`.",
    );
  }
  if (options.user !== undefined && options.entities !== undefined) {
    throw new TestingError(
      'TEST_OPTIONS_INVALID',
      'The option `user` is for Freshmaker, whose users are known.',
      'Write other rows with `seed: (em) => …`.',
    );
  }
  return resolved;
}

function oneOf(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new TestingError(
    'TEST_OPTIONS_INVALID',
    `There is no ${name} ${JSON.stringify(value)}.`,
    `Choose one of ${choices.join(', ')}.`,
  );
}
