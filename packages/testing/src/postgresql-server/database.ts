import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { serverVersion, withConnection } from './connection.ts';

/** What a new database is made of. */
export interface CreateDatabaseOptions {
  /** The database to copy; nobody may be connected to it. PostgreSQL's own `template1` when left out. */
  readonly template?: string;
}

/**
 * Creates a database on a server.
 *
 * @param serverUrl URL of any database of the server, as a user who may create databases.
 * @param name its name; a unique one when left out.
 * @returns the new database's URL.
 * @throws PostgreSQL's error, e.g. when the name is taken.
 */
export async function createDatabase(
  serverUrl: string,
  name: string = `test_${randomUUID().replaceAll('-', '')}`,
  { template = 'template1' }: CreateDatabaseOptions = {},
): Promise<string> {
  await withConnection(serverUrl, async (client) => {
    const major = Number.parseInt(await serverVersion(client), 10);
    // Copying files is the faster way for small databases, and the only one before version 15.
    const strategy = major >= 15 ? ' STRATEGY file_copy' : '';
    await client.query(
      `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}${strategy}`,
    );
  });
  return databaseUrl(serverUrl, name);
}

/** Drops a database, ending the connections to it. One that is not there is no error. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withConnection(serverUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

/** The URL of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}
