import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDatabaseUrl } from '@freshmaker/models/database-url';
import { AddressDriver } from '../src/run/address-driver.ts';
import { engines } from './engines.ts';
import { runCli, runJson, temporaryFolder } from './run-cli.ts';

interface Written {
  readonly revision: string | null;
  readonly path: string | null;
  readonly operations: readonly Readonly<Record<string, unknown>>[];
  readonly stamp: string | null;
  readonly notCompared: readonly unknown[];
}

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** A project without a history, whose entities say nothing of the tables. */
function project(databaseUrl: string) {
  const folder = temporaryFolder();
  mkdirSync(folder.file('migrations/versions'), { recursive: true });
  symlinkSync(modules, folder.file('node_modules'));
  const mikroOrm = { entities: [], discovery: { warnWhenNoEntities: false } };
  const configuration = { databaseUrl, directory: 'migrations', mikroOrm, exclude: ['other*'] };
  writeFileSync(folder.file('freshmaker.config.json'), JSON.stringify(configuration));
  return folder;
}

/** Runs statements as another program would. */
async function byHand(url: string, sql: string): Promise<void> {
  const driver = new AddressDriver(parseDatabaseUrl(url, { env: {}, cwd: '/' }));
  try {
    await driver.create();
    await driver.withSession(async (session) => {
      for (const statement of sql.split(';')) await session.query(statement);
    });
  } finally {
    await driver.close();
  }
}

const tables = `
  CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author (id), title VARCHAR(50));
  CREATE INDEX book_title ON book (title);
  CREATE VIEW titles AS SELECT title FROM book;
  CREATE TABLE others (id INTEGER);
  INSERT INTO author VALUES (1, 'Ursula')`;

describe.each(engines())('db migrate --from-database on $name', ({ create }) => {
  test('begins a history with the tables as they are', async () => {
    await using database = await create();
    await using fresh = await create();
    using folder = project(database.url);
    const options = { cwd: folder.path };
    await byHand(database.url, tables);

    const unknown = await runCli(['db', 'check'], options);
    expect(unknown.stdout).toContain(
      'No revision makes these tables of the database; `freshmaker db migrate --from-database` writes one that does:\n  author\n  book\n',
    );
    expect(unknown.stdout).not.toContain('by hand');
    const dry = await runJson<Written>(['db', 'migrate', '--from-database', '--dry-run'], options);
    expect(dry).toMatchObject({ code: 0, document: { path: null, stamp: null } });
    const { code, stdout, stderr } = await runCli(
      ['db', 'migrate', '--from-database', '-m', 'Begin'],
      options,
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(
        'No operation makes what the database has of titles (it is a view): use op.execute.',
      ),
    });
    expect(stdout.trimEnd().split('\n')).toEqual([
      '  createTable author',
      '  createTable book',
      expect.stringContaining('createIndex'),
      expect.stringMatching(/^Wrote .*_begin\.ts$/),
      'The database has it already; say so with `freshmaker db stamp head`.',
    ]);

    const again = await runJson<Written>(['db', 'migrate', '--from-database'], options);
    expect(again.document).toEqual({
      revision: null,
      path: null,
      operations: [],
      stamp: 'head',
      notCompared: [{ table: 'titles', what: 'it is a view' }],
    });
    expect(await runCli(['db', 'stamp', 'head'], options)).toMatchObject({ code: 0, stderr: '' });
    expect((await runJson<Written>(['db', 'migrate', '--from-database'], options)).document.stamp).toBeNull();
    const { document } = await runJson(['db', 'check'], options);
    expect(document).toMatchObject({ changedByHand: [], madeByNoRevision: [] });

    const there = ['--database-url', fresh.url];
    expect((await runCli(['db', 'upgrade', ...there], options)).code).toBe(0);
    expect((await runJson(['db', 'check', ...there], options)).document).toMatchObject({ changedByHand: [] });
    expect((await runCli(['db', 'downgrade', 'base', ...there], options)).code).toBe(0);
    expect((await runJson(['db', 'current', ...there], options)).document).toMatchObject({ current: [] });
  });

  test('keeps what was changed by hand, and takes nothing away unasked', async () => {
    await using database = await create();
    using folder = project(database.url);
    const options = { cwd: folder.path };
    const migrate = (...argv: string[]) =>
      runJson<Written>(['db', 'revision', '--autogenerate', '--from-database', ...argv], options);
    await byHand(database.url, tables);
    await migrate();
    expect(
      (await runJson(['db', 'upgrade', '--database-url', `${database.url}_none`], options)).code,
    ).not.toBe(1);
    await runCli(['db', 'stamp', 'head'], options);

    await byHand(
      database.url,
      'DROP VIEW titles; ALTER TABLE author ADD COLUMN born INTEGER; DROP INDEX book_title',
    );
    const kept = await migrate();
    expect(kept.document.operations).toMatchObject([
      { kind: 'dropIndex', name: 'book_title' },
      { kind: 'addColumn', table: 'author', column: 'born' },
    ]);
    expect(kept.document.stamp).toBe('head');
    const behind = await migrate();
    expect(behind).toMatchObject({ code: 2, document: { error: { code: 'DATABASE_NOT_AT_HEAD' } } });
    await runCli(['db', 'stamp', 'head'], options);

    await byHand(database.url, 'DROP TABLE book');
    const refused = await migrate();
    expect(refused).toMatchObject({ code: 2, document: { error: { code: 'AMBIGUOUS_CHANGE' } } });
    expect(refused.stdout).toContain(
      'Table \\"book\\" is made by the scripts, and the database does not have it.',
    );
    const agreed = await migrate('--allow-drop', 'book');
    expect(agreed.document.operations).toEqual([{ kind: 'dropTable', table: 'book' }]);
  });

  test('takes over the identifier that another program has left', async () => {
    await using database = await create();
    using folder = project(database.url);
    const options = { cwd: folder.path };
    await byHand(
      database.url,
      `${tables}; CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY); INSERT INTO alembic_version VALUES ('1975ea83b712')`,
    );
    expect(await runJson(['db', 'migrate', '--from-database'], options)).toMatchObject({
      code: 2,
      document: { error: { code: 'UNKNOWN_DATABASE_REVISION' } },
    });
    const { document } = await runJson<Written>(
      ['db', 'migrate', '--from-database', '--rev-id', '1975ea83b712'],
      options,
    );
    expect(document).toMatchObject({ revision: '1975ea83b712', stamp: null });
    expect(readFileSync(document.path ?? '', 'utf8')).toContain("export const revision = '1975ea83b712';");
    expect((await runCli(['db', 'current'], options)).stdout).toBe('1975ea83b712 (head)\n');
  });

  test('writes nothing where there is no database, or one that lacks all that the scripts make', async () => {
    await using database = await create();
    await using empty = await create();
    using folder = project(database.url);
    const options = { cwd: folder.path };
    await byHand(database.url, tables);
    await byHand(empty.url, 'CREATE TABLE others (id INTEGER)');
    await runCli(['db', 'migrate', '--from-database'], options);
    for (const url of [empty.url, 'sqlite:///missing.db']) {
      const refused = await runJson(['db', 'migrate', '--from-database', '--database-url', url], options);
      expect(refused).toMatchObject({ code: 2, document: { error: { code: 'DATABASE_NOT_AT_HEAD' } } });
    }
    expect(readdirSync(folder.file('migrations/versions'))).toHaveLength(1);
  });
});

test('only means something with --autogenerate', async () => {
  const { code, document } = await runJson(['db', 'revision', '--from-database']);
  expect({ code, document }).toMatchObject({
    code: 2,
    document: {
      error: { code: 'USAGE_INVALID', message: '--from-database only means something with --autogenerate.' },
    },
  });
});
