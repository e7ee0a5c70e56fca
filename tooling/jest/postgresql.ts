import * as server from '../../packages/testing/src/postgresql-server/index.ts';
import { serversVariable } from './running-servers.ts';
import type { TestServer } from './test-servers.ts';

/** A database of a test's own. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  /** Drops it, ending the connections to it. */
  drop(): Promise<void>;
}

/** `describe` for tests that start a server of their own: skipped, visibly, when PostgreSQL is. */
export const describePostgresql =
  process.env.FRESHMAKER_TEST_POSTGRESQL === 'skip' ? describe.skip : describe;

/**
 * The PostgreSQL servers that this run's tests are to pass on. For `describe.each` together with SQLite;
 * empty only when PostgreSQL is skipped on demand.
 *
 * @throws when the servers were not started: only test files in a package's `test` folder have them.
 */
export function postgresqlServers(): readonly TestServer[] {
  const servers = process.env[serversVariable];
  if (servers !== undefined) return JSON.parse(servers);
  throw new Error(
    'PostgreSQL was not started: a test that needs it must be in the `test` folder of its package.',
  );
}

/**
 * Creates a new database with a unique name.
 *
 * @param options `template`: the name of the database to copy; empty when left out.
 */
export async function createDatabase(
  { url: serverUrl }: TestServer,
  options?: server.CreateDatabaseOptions,
): Promise<TestDatabase> {
  const url = await server.createDatabase(serverUrl, undefined, options);
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const drop = () => server.dropDatabase(serverUrl, name);
  return { url, drop, [Symbol.asyncDispose]: drop };
}
