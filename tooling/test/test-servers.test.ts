import { withConnection } from '../../packages/testing/src/postgresql-server/connection.ts';
import { createDatabase, describePostgresql, postgresqlServers } from '../jest/postgresql.ts';
import { startTestServers } from '../jest/test-servers.ts';

const select = (url: string, expression: string) =>
  withConnection(url, async (client) => (await client.query(`SELECT ${expression} AS value`)).rows[0].value);

describePostgresql('the servers of a run', () => {
  test('tests have the embedded server, each server by a name of its own', () => {
    const names = postgresqlServers().map(({ name }) => name);
    expect(names).toContain('postgresql 18');
    expect(new Set(names).size).toBe(names.length);
  });

  for (const server of postgresqlServers()) {
    test(`${server.name} has the version that is told`, async () => {
      expect(await select(server.url, `current_setting('server_version')`)).toContain(server.version);
    });

    test(`${server.name} gives a test a database of its own while it needs it`, async () => {
      const database = await createDatabase(server);
      const name = await select(database.url, 'current_database()');
      const isThere = () => select(server.url, `EXISTS (SELECT FROM pg_database WHERE datname = '${name}')`);
      expect(await isThere()).toBe(true);
      await database.drop();
      expect(await isThere()).toBe(false);
    });
  }

  test('a server that the environment names is used as well, and left running', async () => {
    const [running] = postgresqlServers();
    const url = running?.url ?? '';
    const notices: string[] = [];
    {
      await using started = await startTestServers({ FRESHMAKER_TEST_POSTGRESQL_URL: url }, (line) =>
        notices.push(line),
      );
      expect(started.servers).toHaveLength(postgresqlServers().length + 1);
      expect(started.servers).toContainEqual({
        name: 'postgresql by URL',
        version: running?.version,
        url,
        isGiven: true,
      });
    }
    expect(notices).toHaveLength(postgresqlServers().length === 1 ? 1 : 0);
    expect(await select(url, '1')).toBe(1);
  });

  test('a named server that cannot be reached is an error', async () => {
    const environment = { FRESHMAKER_TEST_POSTGRESQL_URL: 'postgresql://localhost/postgres?host=/nowhere' };
    await expect(startTestServers(environment, () => undefined)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

test('PostgreSQL is left out on demand, which is said', async () => {
  const notices: string[] = [];
  const { servers } = await startTestServers({ FRESHMAKER_TEST_POSTGRESQL: 'skip' }, (line) =>
    notices.push(line),
  );
  expect(servers).toEqual([]);
  expect(notices).toEqual(['FRESHMAKER_TEST_POSTGRESQL=skip: no test runs on PostgreSQL.']);
});

test('CI never leaves it out', async () => {
  const environment = { FRESHMAKER_TEST_POSTGRESQL: 'skip', CI: 'true' };
  await expect(startTestServers(environment, () => undefined)).rejects.toThrow('CI does not skip PostgreSQL');
});
