import { withConnection } from '../../packages/testing/src/postgresql-server/connection.ts';
import { lendDatabase } from '../jest/lend-database.ts';
import { postgresqlServers } from '../jest/postgresql.ts';

describe.each(postgresqlServers())('$name', (server) => {
  async function isLentAgain(work: string): Promise<boolean> {
    const first = await lendDatabase(server);
    await withConnection(first.url, (client) => client.query(work));
    await first.drop();
    await using second = await lendDatabase(server);
    return second.url === first.url;
  }

  test('lends a database again whose schemas a test has filled', async () => {
    expect(await isLentAgain('CREATE TABLE t (a int); CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ()')).toBe(
      server.isGiven !== true,
    );
  });

  test.each([
    'CREATE LANGUAGE mine HANDLER plpgsql_call_handler',
    'CREATE ACCESS METHOD mine TYPE INDEX HANDLER bthandler',
    'CREATE TABLE information_schema.mine (a int)',
    'DROP EXTENSION plpgsql',
    'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
  ])('does not behind %s', async (work) => {
    expect(await isLentAgain(work)).toBe(false);
  });
});
