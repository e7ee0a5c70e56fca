import { resolveOptions, type TestDatabaseOptions } from '../database/options.ts';
import { TestDatabase } from '../database/test-database.ts';
import { TestingError } from '../error.ts';
import { findTestHooks, type TestHooks } from './test-hooks.ts';
import { TestOutcomes } from './test-outcome.ts';

export interface UseTestDatabaseOptions extends TestDatabaseOptions {
  /** The runner's hooks, where they cannot be found. */
  readonly hooks?: TestHooks;
  /** Keep the database of a test that fails, and print how to open it. Default: whether `FRESHMAKER_TEST_KEEP` is set. */
  readonly keep?: boolean;
}

/** The database of a suite, for its tests and hooks; the suite gives it back itself. */
export type SuiteDatabase = Omit<TestDatabase, typeof Symbol.asyncDispose | 'isolate'>;

/** The first of all databases may have to start a server and run a history, in milliseconds. */
const timeout = 300_000;

/**
 * Gives the suite it is called in (a file, or a `describe`) a database of its own at the head of the history, and each test
 * a clean one. Works in Jest (both runners), Vitest and `node:test`.
 *
 * @returns the database; it is there from the suite's `beforeAll` on.
 */
export function useTestDatabase(options: UseTestDatabaseOptions = {}): SuiteDatabase {
  const { hooks = findTestHooks(), keep = Boolean(process.env.FRESHMAKER_TEST_KEEP), ...rest } = options;
  const resolved = resolveOptions(rest);
  const outcomes = new TestOutcomes();
  let database: TestDatabase | undefined;

  hooks.beforeAll(async () => {
    if (keep) outcomes.watch();
    database = await TestDatabase.open(resolved);
  }, timeout);
  hooks.beforeEach(async () => database?.isolate(), timeout);
  if (keep) {
    hooks.afterEach(async (...given) => {
      const { failed, title } = outcomes.of(given);
      if (!failed || database === undefined) return;
      process.stderr.write(
        `The database of "${title}" is kept. Open it with: ${await database.keep(title)}\n`,
      );
    }, timeout);
  }
  hooks.afterAll(async () => {
    await database?.[Symbol.asyncDispose]();
    database = undefined;
  }, timeout);
  return suiteDatabase(() => database);
}

/** Stands for a database that is opened later. */
function suiteDatabase(current: () => TestDatabase | undefined): SuiteDatabase {
  return new Proxy({} as SuiteDatabase, {
    get(_, property) {
      const database = current();
      if (database === undefined) throw notReady(property);
      const value: unknown = Reflect.get(database, property, database);
      return typeof value === 'function' ? value.bind(database) : value;
    },
  });
}

function notReady(property: string | symbol): TestingError {
  return new TestingError(
    'TEST_DATABASE_NOT_READY',
    `db.${String(property)} is used while there is no database: it is opened before the suite's first test and closed after its last.`,
    'Use it in a test or a hook, not while tests are being declared.',
  );
}
