import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { engines } from './engines.ts';
import { runCli, runJson, temporaryFolder } from './run-cli.ts';

interface Written {
  readonly revision: string | null;
  readonly path: string | null;
  readonly operations: readonly Readonly<Record<string, unknown>>[];
}

interface Check {
  readonly upToDate: boolean;
  readonly operations: readonly Readonly<Record<string, unknown>>[];
}

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** A project of somebody else's: entities of its own, a migrations directory, a configuration. */
function project(databaseUrl: string) {
  const folder = temporaryFolder();
  mkdirSync(folder.file('migrations/versions'), { recursive: true });
  symlinkSync(modules, folder.file('node_modules'));
  let version = 0;
  return {
    ...folder,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
    /** @param properties of the entity Book. */
    models(properties: string) {
      version += 1;
      writeFileSync(
        folder.file(`orm${version}.mjs`),
        `import { defineEntity, p } from '@mikro-orm/core';
export const Book = defineEntity({ name: 'Book', tableName: 'books', properties: { ${properties} } });
export default { entities: [Book] };\n`,
      );
      writeFileSync(
        folder.file('freshmaker.config.json'),
        JSON.stringify({ databaseUrl, directory: 'migrations', mikroOrm: `orm${version}.mjs` }),
      );
    },
  };
}

const first = 'id: p.integer().primary(), title: p.string().length(80)';

describe.each(engines())('models on $name', ({ create }) => {
  test('a project from its first script to a rename', async () => {
    await using database = await create();
    using folder = project(database.url);
    const options = { cwd: folder.path };
    const migrate = (...argv: string[]) => runJson<Written>(['db', 'migrate', ...argv], options);
    const check = () => runJson<Check>(['db', 'check'], options);

    folder.models(first);
    const written = await migrate('-m', 'First');
    expect(written.document.operations).toEqual([
      { kind: 'createTable', table: 'books', columns: ['id', 'title'] },
    ]);
    expect(await runJson(['db', 'migrate'], options)).toMatchObject({
      code: 2,
      document: { error: { code: 'DATABASE_NOT_AT_HEAD' } },
    });
    expect((await runCli(['db', 'upgrade'], options)).code).toBe(0);
    expect(await check()).toMatchObject({ code: 0, document: { upToDate: true, operations: [] } });
    expect((await migrate()).document).toEqual({ revision: null, path: null, operations: [] });

    folder.models('id: p.integer().primary(), name: p.string().length(80)');
    expect(await check()).toMatchObject({ code: 1, document: { upToDate: false } });
    const asked = await migrate();
    expect(asked).toMatchObject({ code: 2, document: { error: { code: 'AMBIGUOUS_CHANGE' } } });
    expect(asked.stdout).toContain('--rename books.title:name');
    expect(readdirSync(folder.file('migrations/versions'))).toHaveLength(1);

    const dry = await runCli(['db', 'migrate', '--rename', 'books.title:name', '--dry-run'], options);
    expect(dry.stdout).toContain("op.renameColumn('books', 'title', 'name');");
    const sql = await runCli(
      ['db', 'revision', '--autogenerate', '--rename', 'books.title:name', '--sql'],
      options,
    );
    expect(sql.stdout).toContain('ALTER TABLE "books" RENAME COLUMN "title" TO "name"');
    expect(readdirSync(folder.file('migrations/versions'))).toHaveLength(1);

    const renamed = await migrate('--rename', 'books.title:name');
    expect(renamed.document.operations).toEqual([
      { kind: 'renameColumn', table: 'books', column: 'title', to: 'name' },
    ]);
    expect(readFileSync(renamed.document.path ?? '', 'utf8')).toContain(
      "op.renameColumn('books', 'name', 'title');",
    );
    expect((await runCli(['db', 'upgrade'], options)).code).toBe(0);
    expect((await check()).code).toBe(0);
    expect((await runCli(['db', 'downgrade', 'base'], options)).code).toBe(0);
  });

  test('createdb says that the models are ahead', async () => {
    await using database = await create();
    using folder = project(database.url);
    folder.models(first);
    const { code, stderr } = await runCli(['createdb'], { cwd: folder.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('models are ahead') });
    const { document } = await runJson(['createdb'], { cwd: folder.path });
    expect(document).toMatchObject({ applied: [], modelsAhead: [{ kind: 'createTable', table: 'books' }] });
    expect(readdirSync(folder.file('migrations/versions'))).toEqual([]);
  });

  test('check tells what was changed by hand from what the models have new', async () => {
    await using database = await create();
    const env = { FRESHMAKER_DATABASE_URL: database.url };
    expect(await runJson(['db', 'check'], { env })).toMatchObject({
      code: 2,
      document: { error: { code: 'DATABASE_NOT_AT_HEAD' } },
    });
    await runCli(['db', 'upgrade'], { env });
    expect((await runCli(['db', 'check'], { env })).code).toBe(0);
    await runCli(['db', 'stamp', '2358'], { env });
    const { stderr } = await runCli(['db', 'stamp', 'b172'], { env });
    expect(stderr).toContain('Warning: The database is not what the scripts make');
  });
});

const beyondWords = {
  sqlite: [
    'DROP TABLE books; CREATE TABLE books (id INTEGER NOT NULL PRIMARY KEY ON CONFLICT REPLACE, title VARCHAR(80) NOT NULL)',
    /ON CONFLICT/,
  ],
  postgresql: ['ALTER TABLE books SET UNLOGGED', /unlogged/],
} as const;

test.each(engines())('check on $name says what it cannot compare', async ({ create, dialect }) => {
  await using database = await create();
  using folder = project(database.url);
  const options = { cwd: folder.path };
  folder.models(first);
  await runCli(['db', 'migrate', '-m', 'First'], options);
  const { document } = await runJson<Written>(['db', 'revision', '-m', 'Own'], options);
  const [statement, what] = beyondWords[dialect];
  const path = document.path ?? '';
  const call = statement.split('; ').map((each) => `op.execute('${each}');`);
  const script = readFileSync(path, 'utf8').replace(
    /upgrade\(_op: Operations\): void \{\}/,
    () => `upgrade(op: Operations): void { ${call.join(' ')} }`,
  );
  writeFileSync(path, script);
  expect((await runCli(['db', 'upgrade'], options)).code).toBe(0);
  expect(await runJson(['db', 'check'], options)).toMatchObject({
    code: 0,
    document: { upToDate: true, notCompared: [{ table: 'books', what: expect.stringMatching(what) }] },
  });
  expect((await runCli(['db', 'check'], options)).stdout).toMatch(
    /^Up to date: .*\n\nNot compared, .*\n {2}books: /,
  );
});

test('what the entities declare and no operation makes is told, not passed over', async () => {
  using folder = project('');
  const databaseUrl = `sqlite:///${folder.file('library.db')}`;
  const orm = `import { defineEntity, p } from '@mikro-orm/core';
const properties = { id: p.integer().primary(), title: p.string() };
const Book = defineEntity({ name: 'Book', tableName: 'books', properties });
const View = defineEntity({ name: 'View', tableName: 'titles', view: true, expression: 'select 1', properties });
export default { entities: [Book, View] };\n`;
  writeFileSync(folder.file('orm.mjs'), orm);
  const configuration = { databaseUrl, directory: 'migrations', mikroOrm: 'orm.mjs' };
  writeFileSync(folder.file('freshmaker.config.json'), JSON.stringify(configuration));
  const options = { cwd: folder.path };

  const migrated = await runCli(['db', 'migrate', '-m', 'First'], options);
  expect(migrated).toMatchObject({ code: 0, stderr: expect.stringContaining('titles (it is a view)') });
  await runCli(['db', 'upgrade'], options);
  for (const flags of [[], ['--scripts']]) {
    expect(await runJson(['db', 'check', ...flags], options)).toMatchObject({
      code: 0,
      document: { upToDate: true, notCompared: [{ table: 'titles', what: 'it is a view' }] },
    });
    const { stdout } = await runCli(['db', 'check', ...flags], options);
    expect(stdout).toMatch(/^Up to date: .*\n\nNot compared, .*\n {2}titles: it is a view\n$/);
  }
});

test.each([
  ['a decorator', 'const mark = () => {};\n@mark\nclass A {}\nexport default {};', true],
  ['an enumeration', 'enum A { B }\nexport default {};', true],
  ['an import without a file ending', "import './entities';\nexport default {};", true],
  ['an error of its own', "throw new Error('boom');", false],
])('options in TypeScript that have %s', async (_, text, isNodes) => {
  using folder = temporaryFolder();
  writeFileSync(folder.file('orm.ts'), text);
  writeFileSync(folder.file('freshmaker.config.json'), '{ "directory": "migrations", "mikroOrm": "orm.ts" }');
  const { code, stderr } = await runCli(['db', 'check', '--scripts'], { cwd: folder.path });
  expect(code).toBe(2);
  expect(stderr).toContain('orm.ts cannot be read');
  expect(stderr.includes('--import tsx')).toBe(isNodes);
});

test('check --scripts needs no database', async () => {
  using folder = project('postgresql://nobody@127.0.0.1:1/nothing');
  folder.models(first);
  const { code, document } = await runJson<Check>(['db', 'check', '--scripts'], { cwd: folder.path });
  expect({ code, operations: document.operations }).toEqual({
    code: 1,
    operations: [{ kind: 'createTable', table: 'books', columns: ['id', 'title'] }],
  });
  expect((await runCli(['db', 'check', '--scripts'], { env: { FRESHMAKER_ENV: 'production' } })).code).toBe(
    0,
  );
});

test('stamp warns of a database that does not fit, and stays silent where it does', async () => {
  using folder = temporaryFolder();
  const env = { FRESHMAKER_DATABASE_URL: `sqlite:///${folder.file('test.db')}` };
  await runCli(['db', 'upgrade', 'b172'], { env });
  const wrong = await runCli(['db', 'stamp', 'head'], { env });
  expect(wrong).toMatchObject({ code: 0, stderr: expect.stringContaining('addColumn events.time_done') });
  expect(await runCli(['db', 'stamp', 'b172'], { env })).toMatchObject({ code: 0, stderr: '' });
});
