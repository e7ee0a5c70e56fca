import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { describePostgresql } from '../../../../tooling/jest/postgresql.ts';
import {
  databaseUrl,
  type PostgresqlServer,
  startPostgresqlServer,
} from '../../src/postgresql-server/index.ts';

const debian = '/usr/lib/postgresql/15/bin';
const installations = [
  { binaries: 'embedded', version: /^18[.]\d+$/ },
  ...(existsSync(debian) ? [{ binaries: debian, version: /^15[.]\d+$/ }] : []),
];

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

describePostgresql.each(installations)('a server of $binaries', ({ binaries, version }) => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresqlServer({ binaries, settings: { work_mem: '5MB' } });
  });
  afterAll(() => server.stop());

  test('tells its version, and is reached by its URL', async () => {
    expect(server.version).toMatch(version);
    expect(await query(server.url, 'SELECT current_user, current_database()')).toEqual([
      'postgres',
      'postgres',
    ]);
  });

  test('takes nothing from the environment but the settings it is given', async () => {
    const settings = ['fsync', 'work_mem', 'server_encoding', 'TimeZone', 'listen_addresses'];
    const values = settings.map((name) => `current_setting('${name}')`);
    expect(await query(server.url, `SELECT ${values}`)).toEqual(['off', '5MB', 'UTF8', 'UTC', '']);
  });

  test('does not run as root', async () => {
    const { stdout } = spawnSync('stat', ['-c', '%u', join(server.socketDirectory, 'data')], {
      encoding: 'utf8',
    });
    expect(Number(stdout)).toBeGreaterThan(0);
  });

  test('listens on its socket alone', async () => {
    expect(server.tcpUrl).toBeUndefined();
    expect(readdirSync(server.socketDirectory)).toContain(`.s.PGSQL.${server.port}`);
  });

  test.each(['plain', 'With "quotes" and spaces', '50%', 'größe'])(
    'creates and drops a database named %j',
    async (name) => {
      const url = await server.createDatabase(name);
      expect(url).toBe(databaseUrl(server.url, name));
      expect(await query(url, 'SELECT current_database()')).toEqual([name]);
      await server.dropDatabase(name);
      await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
    },
  );

  test('names databases itself, many at once', async () => {
    const urls = await Promise.all(Array.from({ length: 5 }, () => server.createDatabase()));
    expect(new Set(urls).size).toBe(5);
    for (const url of urls) expect(await query(url, 'SELECT 1')).toEqual([1]);
  });

  test('refuses a name that is taken', async () => {
    await expect(server.createDatabase('postgres')).rejects.toMatchObject({ code: '42P04' });
  });

  test('copies a template', async () => {
    await query(await server.createDatabase('pattern'), `CREATE TABLE t AS SELECT 7 AS x`);
    const copies = await Promise.all(
      [1, 2].map(() => server.createDatabase(undefined, { template: 'pattern' })),
    );
    for (const copy of copies) expect(await query(copy, 'SELECT x FROM t')).toEqual([7]);
  });

  test('drops a database that is in use, and one that is not there', async () => {
    const client = new pg.Client({ connectionString: await server.createDatabase('in use') });
    const ended = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await server.dropDatabase('in use');
    expect(await ended).toBeInstanceOf(Error);
    await server.dropDatabase('in use');
  });
});

describePostgresql('a server', () => {
  test('asks over TCP for the password that is in its URL', async () => {
    await using server = await startPostgresqlServer({ tcp: true });
    const url = server.tcpUrl ?? '';
    expect(await query(url, 'SELECT host(inet_server_addr()), inet_server_port()')).toEqual([
      '127.0.0.1',
      server.port,
    ]);
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('ends connections when it is stopped, and leaves nothing', async () => {
    const server = await startPostgresqlServer({ tcp: true });
    const client = new pg.Client({ connectionString: server.tcpUrl });
    const ended = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await server.stop();
    await server.stop();
    expect(await ended).toBeInstanceOf(Error);
    expect(existsSync(server.socketDirectory)).toBe(false);
    const refused = new Promise((resolve) => connect(server.port, '127.0.0.1').on('error', resolve));
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('runs beside others', async () => {
    const servers = await Promise.all([startPostgresqlServer({ tcp: true }), startPostgresqlServer()]);
    const identifiers = servers.map(({ url }) =>
      query(url, 'SELECT system_identifier FROM pg_control_system()'),
    );
    expect(new Set((await Promise.all(identifiers)).flat()).size).toBe(2);
    await Promise.all(servers.map((server) => server.stop()));
  });

  test.each([
    [
      'binaries that are not there',
      { binaries: '/nowhere/bin' },
      'POSTGRESQL_BINARIES_MISSING',
      /postgres|initdb/,
    ],
    [
      'with a setting that does not exist',
      { settings: { no_such: '1' } },
      'POSTGRESQL_START_FAILED',
      /no_such/,
    ],
  ])('%s is an error that says so', async (_, options, code, message) => {
    await expect(startPostgresqlServer(options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });
});
