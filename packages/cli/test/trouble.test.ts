import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { engines } from './engines.ts';
import { historyFolder } from './history-folder.ts';
import { runCli, runJson, temporaryFolder } from './run-cli.ts';

interface Failure {
  readonly error: Readonly<Record<string, unknown>> & { readonly code: string; readonly hint?: string };
}

const sqlite = (path: string) => ({ env: { FRESHMAKER_DATABASE_URL: `sqlite:///${path}` } });

describe('a SQLite file', () => {
  test('that is not there is not made by what only reads', async () => {
    using folder = temporaryFolder();
    for (const argv of [
      ['current'],
      ['history', '-i'],
      ['check'],
      ['upgrade', '--plan'],
      ['upgrade', '--sql'],
    ]) {
      await runCli(['db', ...argv], sqlite(folder.file('none.db')));
    }
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test.each([
    ['db', 'check'],
    ['db', 'migrate'],
    ['cleardb', '--yes'],
  ])('that is not there is named by %s %s', async (...argv) => {
    using folder = temporaryFolder();
    const path = folder.file('none.db');
    const { code, document } = await runJson<Failure>(argv, sqlite(path));
    expect(code).toBe(2);
    expect(document.error).toMatchObject({
      code: 'DATABASE_NOT_AT_HEAD',
      message: `The SQLite file ${path} does not exist.`,
      hint: expect.stringContaining('`freshmaker createdb`'),
      database: `SQLite file ${path}`,
      behind: 20,
    });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('that is not there is not made by cleardb, even where there are no revisions', async () => {
    using folder = temporaryFolder();
    using history = historyFolder();
    const argv = ['cleardb', '--yes', '-d', history.path];
    const { document } = await runJson<Failure>(argv, sqlite(folder.file('none.db')));
    expect(document.error.code).toBe('DATABASE_NOT_AT_HEAD');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('in memory is there', async () => {
    const { document } = await runJson<Failure>(['db', 'check'], { env: { FRESHMAKER_TESTING_ENV: '1' } });
    expect(document.error.message).toContain('at no revision');
  });

  test('that is locked is DATABASE_LOCKED', async () => {
    using folder = temporaryFolder();
    const path = folder.file('locked.db');
    await runCli(['db', 'upgrade', '+1'], sqlite(path));
    const other = new Database(path);
    try {
      other.exec('BEGIN EXCLUSIVE');
      const fail = await runJson<Failure>(['db', 'upgrade', '--lock', 'fail'], sqlite(path));
      expect(fail).toMatchObject({ code: 2, document: { error: { code: 'DATABASE_LOCKED' } } });
      const wait = await runJson<Failure>(['db', 'upgrade', '--lock-timeout', '0.2'], sqlite(path));
      expect(wait.document.error).toMatchObject({ code: 'DATABASE_LOCKED' });
      expect(wait.document.error.hint).toContain('--lock-timeout');
      const unread = await runJson(['db', 'upgrade', '--lock', 'skip'], sqlite(path));
      expect(unread).toMatchObject({ code: 0, document: { applied: [], current: [], unread: true } });
      other.exec('COMMIT; BEGIN IMMEDIATE');
      const left = await runCli(['db', 'upgrade', '--lock', 'skip'], sqlite(path));
      expect(left).toEqual({
        code: 0,
        stdout: 'Left to the migrator that is at work: the database was at 8d2e9cd99c54.\n',
        stderr: '',
      });
      const document = await runJson(['db', 'upgrade', '--lock', 'skip'], sqlite(path));
      expect(document).toMatchObject({ code: 0, document: { applied: [], current: ['8d2e9cd99c54'] } });
    } finally {
      other.close();
    }
    expect((await runCli(['db', 'upgrade'], sqlite(path))).code).toBe(0);
  });

  test('that is no database is NOT_A_DATABASE', async () => {
    using folder = temporaryFolder();
    writeFileSync(
      folder.file('text.db'),
      'This is a text, and long enough not to be taken for an empty file. '.repeat(20),
    );
    for (const argv of [['current'], ['upgrade']]) {
      const outcome = await runJson<Failure>(['db', ...argv], sqlite(folder.file('text.db')));
      expect(outcome).toMatchObject({ code: 2, document: { error: { code: 'NOT_A_DATABASE' } } });
    }
  });

  test('in a folder that does not exist is DATABASE_UNREACHABLE', async () => {
    using folder = temporaryFolder();
    const outcome = await runJson<Failure>(['db', 'upgrade'], sqlite(folder.file('no/such.db')));
    expect(outcome).toMatchObject({ code: 2, document: { error: { code: 'DATABASE_UNREACHABLE' } } });
    expect(existsSync(folder.file('no'))).toBe(false);
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? test.skip : test)('that cannot be written is DATABASE_READ_ONLY', async () => {
    using folder = temporaryFolder();
    const path = folder.file('read-only.db');
    await runCli(['db', 'upgrade', '+1'], sqlite(path));
    chmodSync(path, 0o400);
    expect((await runCli(['db', 'current'], sqlite(path))).code).toBe(0);
    const outcome = await runJson<Failure>(['db', 'upgrade'], sqlite(path));
    expect(outcome).toMatchObject({ code: 2, document: { error: { code: 'DATABASE_READ_ONLY' } } });
  });

  test.each([
    ['of other columns', 'CREATE TABLE alembic_version (a INTEGER)'],
    ['of numbers', 'CREATE VIEW alembic_version AS SELECT 1 AS version_num'],
    [
      'that holds a row twice',
      "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('8d2e9cd99c54'), ('8d2e9cd99c54')",
    ],
  ])('with a version table %s is VERSION_TABLE_INVALID', async (_, made) => {
    using folder = temporaryFolder();
    const path = folder.file('other.db');
    new Database(path).exec(made).close();
    for (const argv of [['current'], ['upgrade'], ['stamp', 'head']]) {
      const outcome = await runJson<Failure>(['db', ...argv], sqlite(path));
      expect(outcome).toMatchObject({ code: 2, document: { error: { code: 'VERSION_TABLE_INVALID' } } });
    }
  });
});

describe('a PostgreSQL server', () => {
  test('that does not answer is DATABASE_UNREACHABLE', async () => {
    const env = { FRESHMAKER_DATABASE_URL: 'postgresql://someone@127.0.0.1:1/nothing' };
    for (const argv of [['db', 'current'], ['db', 'upgrade'], ['createdb']]) {
      const outcome = await runJson<Failure>(argv, { env });
      expect(outcome).toMatchObject({ code: 2, document: { error: { code: 'DATABASE_UNREACHABLE' } } });
      expect(outcome.document.error.hint).toBeTruthy();
    }
  });

  test.each(engines().filter(({ dialect }) => dialect === 'postgresql'))(
    '$name: a database that is missing is made by createdb only',
    async ({ missing }) => {
      await using database = await missing();
      const env = { FRESHMAKER_DATABASE_URL: database.url };
      const outcome = await runJson<Failure>(['db', 'upgrade'], { env });
      expect(outcome).toMatchObject({ code: 2, document: { error: { code: 'DATABASE_UNREACHABLE' } } });
      expect(outcome.document.error.hint).toContain('createdb');
      expect((await runCli(['createdb'], { env })).code).toBe(0);
    },
  );
});

describe.each(engines())('on $name', ({ create }) => {
  test('a step that fails leaves those before it, and says so', async () => {
    await using database = await create();
    using folder = historyFolder(
      { id: 'a1', upgrade: "op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);" },
      {
        id: 'a2',
        down: 'a1',
        upgrade: "op.addColumn('t', op.column('a', op.t.text())); op.execute('THIS IS NO SQL');",
      },
      { id: 'a3', down: 'a2' },
    );
    const options = { env: { FRESHMAKER_DATABASE_URL: database.url } };
    const run = (...argv: string[]) => runJson<Failure>(['db', ...argv, '-d', folder.path], options);
    const { code, document } = await run('upgrade');
    expect(code).toBe(2);
    expect(document.error).toMatchObject({
      code: 'MIGRATION_FAILED',
      revision: 'a2',
      direction: 'upgrade',
      statement: 'THIS IS NO SQL',
      applied: [{ revision: 'a1', direction: 'upgrade', durationMs: expect.any(Number) }],
    });
    expect((await run('current')).document).toMatchObject({ current: [{ revision: 'a1', isHead: false }] });
  });

  test('a broken script is found before anything runs', async () => {
    await using database = await create();
    using folder = historyFolder(
      { id: 'a1', upgrade: "op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true })]);" },
      { id: 'a2', down: 'a1', upgrade: 'nothing.of.that.name();' },
    );
    const options = { env: { FRESHMAKER_DATABASE_URL: database.url } };
    const outcome = await runJson<Failure>(['db', 'upgrade', '-d', folder.path], options);
    expect(outcome).toMatchObject({
      code: 2,
      document: { error: { code: 'SCRIPT_INVALID', revision: 'a2' } },
    });
    expect((await runCli(['db', 'current', '-d', folder.path], options)).stdout).toBe('');
  });

  test('cleardb empties the tables after a question, or with --yes', async () => {
    await using database = await create();
    const options = { env: { FRESHMAKER_DATABASE_URL: database.url } };
    const early = await runJson<Failure>(['cleardb', '--yes'], options);
    expect(early.document.error.code).toBe('DATABASE_NOT_AT_HEAD');
    await runCli(['createdb'], options);
    const asked = await runCli(['cleardb'], options);
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await runJson(['cleardb', '--yes'], options)).toMatchObject({
      code: 0,
      document: { cleared: true },
    });
  });
});
