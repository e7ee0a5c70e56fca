import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { describePostgresql } from '../../../../tooling/jest/postgresql.ts';
import { type PostgresqlServer, startPostgresqlServer } from '../../src/postgresql-server/index.ts';

const index = JSON.stringify(import.meta.resolve('../../src/index.ts'));

/** Runs a script that uses test databases, on the server of a URL. */
function runOn(url: string, body: string): unknown {
  const script = `const { createTestDatabase } = await import(${index});\n${body}`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, FRESHMAKER_TEST_POSTGRESQL_URL: url },
  });
  return JSON.parse(output);
}

const script = `
  const ids = [];
  await using db = await createTestDatabase({ engine: 'postgresql', user: 'tester1' });
  for (const _ of [1, 2]) {
    const [build] = await db.factories().chain(['ed', 'mksh']);
    const users = await db.em().execute('SELECT username FROM users');
    ids.push([build.id, users.map(({ username }) => username)]);
    await db.isolate();
  }
  process.stdout.write(JSON.stringify({ ids, url: db.url }));
`;

describePostgresql('the server of FRESHMAKER_TEST_POSTGRESQL_URL', () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresqlServer({ tcp: true });
  });
  afterAll(() => server.stop());

  async function query<Row extends object>(sql: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  const databases = async () =>
    (await query<{ datname: string }>('SELECT datname FROM pg_database ORDER BY datname')).map(
      ({ datname }) => datname,
    );

  test('keeps the template for the next run, and no copy of it', async () => {
    for (const _ of [1, 2]) {
      expect(runOn(server.url, script)).toMatchObject({
        ids: [
          [1, ['tester1']],
          [1, ['tester1']],
        ],
        url: expect.stringContaining('freshmaker_test_'),
      });
    }
    const names = await databases();
    expect(names.filter((name) => name.startsWith('freshmaker_template_'))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith('freshmaker_test_'))).toEqual([]);
  });

  const longAgo = Date.now() - 2 * 24 * 60 * 60 * 1000;

  test('may be shared by users who are no superusers, and do not touch what is not theirs', async () => {
    const theirs = `freshmaker_test_${longAgo}_1_theirs_1`;
    await query(`CREATE DATABASE ${theirs}`);
    for (const user of ['one', 'another']) {
      await query(`CREATE ROLE ${user} LOGIN CREATEDB PASSWORD 'secret'`);
      const url = new URL(server.tcpUrl ?? '');
      url.username = user;
      url.password = 'secret';
      expect(runOn(url.href, script)).toMatchObject({
        ids: [
          [1, ['tester1']],
          [1, ['tester1']],
        ],
      });
    }
    expect(await databases()).toContain(theirs);
  });

  test('loses what a killed run has left, a day later, and templates that nobody uses', async () => {
    const old = `freshmaker_test_${longAgo}_1_x_1`;
    const kept = `freshmaker_test_${longAgo}_1_kept_1`;
    const recent = `freshmaker_test_${Date.now()}_1_x_1`;
    const template = 'freshmaker_template_of_another_history';
    for (const name of [old, kept, recent, template]) await query(`CREATE DATABASE ${name}`);
    await query(`COMMENT ON DATABASE ${kept} IS 'kept: a test'`);
    await query(`COMMENT ON DATABASE ${template} IS 'last used on 2020-02-20'`);
    await query(`ALTER DATABASE ${template} WITH ALLOW_CONNECTIONS false`);
    runOn(server.url, script);
    const names = await databases();
    expect(names).not.toContain(old);
    expect(names).not.toContain(template);
    expect(names).toEqual(expect.arrayContaining([kept, recent]));
  });

  test('is named in the error when it cannot be reached, or its user may create nothing', async () => {
    await query(`CREATE ROLE reader LOGIN PASSWORD 'secret'`);
    const url = new URL(server.tcpUrl ?? '');
    url.username = 'reader';
    url.password = 'secret';
    const variable = 'FRESHMAKER_TEST_POSTGRESQL_URL';
    expect(() => runOn(url.href, script)).toThrow(
      new RegExp(`of ${variable} lets its user reader create no databases: ALTER ROLE reader CREATEDB`),
    );
    url.password = 'geheim';
    expect(() => runOn(url.href, script)).toThrow(new RegExp(`of ${variable} cannot be reached: password`));
  });

  test('is named in the error when it is of another kind', () => {
    expect(() => runOn('sqlite:///x.db', script)).toThrow(/not one of PostgreSQL/);
  });
});
