import type { Client } from 'pg';
import { withConnection } from '../../packages/testing/src/postgresql-server/connection.ts';
import { createDatabase, type TestDatabase } from './postgresql.ts';
import type { TestServer } from './test-servers.ts';

/** By the server's URL: databases of this process that are empty and wait for the next test. */
const idle = new Map<string, TestDatabase[]>();

/**
 * Lends an empty database. When it is dropped it is emptied and lent again, which takes half the time: a server is slow to
 * make a database, and at the first connection to it. One that a test has changed beyond schemas and what is in them is
 * dropped indeed, as are all of a server that goes on after the run.
 */
export async function lendDatabase(server: TestServer): Promise<TestDatabase> {
  if (server.isGiven) return createDatabase(server);
  const waiting = idle.get(server.url) ?? [];
  idle.set(server.url, waiting);
  const database = waiting.pop() ?? (await createDatabase(server));
  const drop = async () => {
    if (await empty(database.url)) waiting.push(database);
    else await database.drop();
  };
  return { url: database.url, drop, [Symbol.asyncDispose]: drop };
}

/** Ends all other connections, and what a database has in schemas. @returns whether nothing else is left in it. */
async function empty(url: string): Promise<boolean> {
  try {
    return await withConnection(url, async (client) => {
      await client.query(
        'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      for (const name of await schemasOf(client)) await client.query(`DROP SCHEMA ${name} CASCADE`);
      await client.query(
        `CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;
        COMMENT ON SCHEMA public IS 'standard public schema'`,
      );
      const { rows } = await client.query<{ left: boolean }>(beyond);
      return rows[0]?.left === false;
    });
  } catch {
    // It is dropped instead, which ends whatever is in the way, or says what is wrong.
    return false;
  }
}

async function schemasOf(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    String.raw`SELECT quote_ident(nspname) AS name FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'`,
  );
  return rows.map(({ name }) => name);
}

/** What a database may have outside of schemas, or in those of the server (below 16384 is what it made itself), and settings of its own. */
const beyond = `SELECT
  (SELECT array_agg(extname::text) FROM pg_extension) IS DISTINCT FROM '{plpgsql}'
  OR EXISTS (SELECT FROM pg_event_trigger)
  OR EXISTS (SELECT FROM pg_publication)
  OR EXISTS (SELECT FROM pg_largeobject_metadata)
  OR EXISTS (SELECT FROM pg_foreign_data_wrapper)
  OR EXISTS (SELECT FROM pg_default_acl)
  OR EXISTS (SELECT FROM pg_cast WHERE oid >= 16384)
  OR EXISTS (SELECT FROM pg_language WHERE oid >= 16384)
  OR EXISTS (SELECT FROM pg_am WHERE oid >= 16384)
  OR EXISTS (SELECT FROM pg_class WHERE oid >= 16384)
  OR EXISTS (SELECT FROM pg_proc WHERE oid >= 16384)
  OR EXISTS (SELECT FROM pg_type WHERE oid >= 16384)
  OR EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database())
  OR EXISTS (
    SELECT FROM pg_database WHERE datname = current_database()
      AND (datacl IS NOT NULL OR datconnlimit <> -1 OR pg_get_userbyid(datdba) <> current_user)
  ) AS left`;
