import { existsSync } from 'node:fs';
import { serverVersion, withConnection } from '../../packages/testing/src/postgresql-server/connection.ts';
import {
  type PostgresqlServer,
  startPostgresqlServer,
} from '../../packages/testing/src/postgresql-server/index.ts';

/** A PostgreSQL server that the tests of one run share. */
export interface TestServer {
  /** Unique, for titles: `postgresql 18`, or `postgresql by URL` for one that was given. */
  readonly name: string;
  /** Such as `18.4`. */
  readonly version: string;
  /** URL of one of its databases, as a user who may create databases. */
  readonly url: string;
  /** There and true for one that was not started for the run, and goes on behind it. */
  readonly isGiven?: true;
}

/** The servers of one run, and how to end those that were started for it. */
export interface TestServers extends AsyncDisposable {
  readonly servers: readonly TestServer[];
}

/** What of the environment decides which servers there are. */
export interface TestServersEnvironment {
  /** `skip`: leave out every test that needs PostgreSQL. */
  readonly FRESHMAKER_TEST_POSTGRESQL?: string;
  /** A running server to test on as well. */
  readonly FRESHMAKER_TEST_POSTGRESQL_URL?: string;
  /** Set by continuous integration, which never leaves tests out. */
  readonly CI?: string;
}

/** Debian's PostgreSQL 15: another version of the server for the same tests, where it is installed. */
const debianPrograms = '/usr/lib/postgresql/15/bin';

/**
 * Starts the servers that tests run on: the embedded one, Debian's where it is installed, and one that the
 * environment names.
 *
 * @param notice takes a line for the person who runs the tests, when something is left out.
 * @throws when PostgreSQL is to be skipped in CI, or a server does not start.
 */
export async function startTestServers(
  environment: TestServersEnvironment,
  notice: (line: string) => void,
): Promise<TestServers> {
  if (environment.FRESHMAKER_TEST_POSTGRESQL === 'skip') {
    if (environment.CI) throw new Error('FRESHMAKER_TEST_POSTGRESQL=skip: CI does not skip PostgreSQL.');
    notice('FRESHMAKER_TEST_POSTGRESQL=skip: no test runs on PostgreSQL.');
    return { servers: [], async [Symbol.asyncDispose]() {} };
  }
  const sources = ['embedded'];
  if (existsSync(debianPrograms)) sources.push(debianPrograms);
  else notice(`There is no ${debianPrograms}: no test runs on PostgreSQL 15.`);

  const started = await Promise.allSettled(sources.map((binaries) => startPostgresqlServer({ binaries })));
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async () => void (await Promise.all(running.map((server) => server.stop())));
  try {
    const failures = started.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (failures.length > 0) throw failures[0];
    const given = environment.FRESHMAKER_TEST_POSTGRESQL_URL;
    return {
      servers: [...running.map(describe), ...(given ? [await describeGiven(given)] : [])],
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function describe({ version, url }: PostgresqlServer): TestServer {
  return { name: `postgresql ${version.split('.')[0]}`, version, url };
}

async function describeGiven(url: string): Promise<TestServer> {
  return { name: 'postgresql by URL', version: await withConnection(url, serverVersion), url, isGiven: true };
}
