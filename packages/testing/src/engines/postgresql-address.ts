import { type Driver, openDriver } from '@freshmaker/migrator/engine';
import { type PostgresqlAddress, parseDatabaseUrl } from '@freshmaker/models/database-url';
import {
  type PostgresqlClientConfig,
  postgresqlClientConfig,
} from '@freshmaker/models/postgresql-client-config';
import { TestingError } from '../error.ts';

/** The environment variable that names a running server to test on. */
export const serverVariable = 'FRESHMAKER_TEST_POSTGRESQL_URL';

/**
 * What `pg` needs to open a URL, read as Freshmaker's command line reads it.
 *
 * @throws TestingError `TEST_OPTIONS_INVALID` for a URL of another database.
 */
export async function clientConfigOf(url: string): Promise<PostgresqlClientConfig> {
  const address = parseDatabaseUrl(url, { cwd: process.cwd(), env: process.env });
  if (address.dialect !== 'postgresql') {
    throw new TestingError(
      'TEST_OPTIONS_INVALID',
      'The URL of the server to test on is not one of PostgreSQL.',
      `Set ${serverVariable} to postgresql://user:password@host:port/database.`,
    );
  }
  return postgresqlClientConfig(address as PostgresqlAddress);
}

/** The migrator's way to a database. */
export async function migratorDriver(url: string): Promise<Driver> {
  return openDriver({ dialect: 'postgresql', ...(await clientConfigOf(url)) });
}
