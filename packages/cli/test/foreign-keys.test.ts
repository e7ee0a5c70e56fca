import Database from 'better-sqlite3';
import { historyFolder } from './history-folder.ts';
import { runCli, runJson, temporaryFolder } from './run-cli.ts';

const start = `
  op.createTable('parents', [op.column('id', op.t.integer(), { primaryKey: true }), op.column('a', op.t.integer())]);
  op.createTable('children', [op.column('id', op.t.integer(), { primaryKey: true }), op.column('parent_id', op.t.integer()),
    op.foreignKey(['parent_id'], 'parents', ['id'])]);
  op.bulkInsert('parents', [{ id: 1, a: 1 }]);`;
const rebuild = `op.alterColumn('parents', 'a', { type: op.t.text() });`;
const history = (more: string) =>
  historyFolder(
    { id: 'aaaa11110001', upgrade: start },
    { id: 'bbbb22220001', down: 'aaaa11110001', message: 'rebuild', upgrade: `${rebuild} ${more}` },
  );

/** A file at the first revision, with rows that refer to nothing. */
async function withRowsAmiss(path: string, directory: string): Promise<void> {
  await runCli(['db', 'upgrade', '+1', '-d', directory, '--database-url', `sqlite:///${path}`]);
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  database.exec('INSERT INTO children VALUES (7, 98), (8, 99)');
  database.close();
}

const warning =
  '2 row(s) of table "children" (rowid 7, 8) refer to rows of "parents" that do not exist;' +
  ' they were there before this migration and are left as they are.';

test('rows that refer to nothing before a rebuild are a warning on stderr, and the migration is done', async () => {
  using folder = temporaryFolder();
  using scripts = history('');
  const path = folder.file('app.db');
  await withRowsAmiss(path, scripts.path);
  const done = await runCli(['db', 'upgrade', '-d', scripts.path, '--database-url', `sqlite:///${path}`]);
  expect(done.code).toBe(0);
  expect(done.stderr).toContain(`Warning: ${warning}\n`);
  expect(done.stdout).not.toContain('row(s)');
});

test('with --json, standard output is the document alone, and the warning stays on stderr', async () => {
  using folder = temporaryFolder();
  using scripts = history('');
  const path = folder.file('app.db');
  await withRowsAmiss(path, scripts.path);
  const argv = ['db', 'upgrade', '-d', scripts.path, '--database-url', `sqlite:///${path}`];
  const { code, stderr, document } = await runJson(argv);
  expect(code).toBe(0);
  expect(stderr).toContain(warning);
  expect(document).toMatchObject({ current: ['bbbb22220001'] });
});

test('a row that a migration leaves to refer to nothing is FOREIGN_KEY_VIOLATED, and those before it are not counted', async () => {
  using folder = temporaryFolder();
  using scripts = history(`op.execute('INSERT INTO children VALUES (9, 97)');`);
  const path = folder.file('app.db');
  await withRowsAmiss(path, scripts.path);
  const argv = ['db', 'upgrade', '-d', scripts.path, '--database-url', `sqlite:///${path}`];
  const { code, stderr, document } = await runJson(argv);
  expect(code).toBe(2);
  expect(document).toMatchObject({
    error: {
      code: 'FOREIGN_KEY_VIOLATED',
      message: expect.stringContaining(
        '1 row(s) would refer to rows that do not exist, the first in table "children" (rowid 9)',
      ),
      hint: expect.stringContaining('PRAGMA foreign_key_check("children")'),
      revision: 'bbbb22220001',
      violationCount: 1,
    },
  });
  expect(stderr).toContain(warning);
});
