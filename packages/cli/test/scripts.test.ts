import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFolder } from './history-folder.ts';
import { runCli, runJson, temporaryFolder } from './run-cli.ts';

interface Script {
  readonly revision: string;
  readonly path: string;
  readonly script?: string;
  readonly sql?: string;
}

const freshmaker = fileURLToPath(new URL('../../models/migrations', import.meta.url));

describe('revision', () => {
  test('writes an empty script on the head that can be run at once', async () => {
    using folder = historyFolder({ id: 'a1' });
    const options = { env: { FRESHMAKER_DATABASE_URL: `sqlite:///${folder.file('test.db')}` } };
    const { code, document } = await runJson<Script>(
      ['db', 'revision', '-m', 'Añade: una Columna!', '-d', folder.path],
      options,
    );
    expect(code).toBe(0);
    expect(document.revision).toMatch(/^[0-9a-f]{12}$/);
    expect(document.path).toBe(folder.file(`versions/${document.revision}_anade_una_columna.ts`));
    const text = readFileSync(document.path, 'utf8');
    expect(text).toMatch(/^\/\*\*\n \* Añade: una Columna!\n/);
    expect(text).toContain("export const downRevision = 'a1';");
    expect((await runCli(['db', 'upgrade', '-d', folder.path], options)).code).toBe(0);
    expect(readdirSync(folder.path).toSorted()).toEqual(['test.db', 'versions']);
  });

  test('goes where it is told to go', async () => {
    using folder = historyFolder({ id: 'a1' }, { id: 'a2', down: 'a1' });
    const run = (...argv: string[]) => runJson<Script>(['db', 'revision', '-d', folder.path, ...argv]);
    await run('--rev-id', 'b1', '--head', 'base', '--branch-label', 'dep', '--depends-on', 'a2', '-m', 'dep');
    const text = readFileSync(folder.file('versions/b1_dep.ts'), 'utf8');
    expect(text).toContain('export const downRevision = null;');
    expect(text).toContain("branchLabels: string[] = ['dep'];");
    expect(text).toContain("dependsOn: string[] = ['a2'];");
    const splice = await run('--rev-id', 'a3', '--head', 'a1', '--splice');
    expect(splice.document.path).toBe(folder.file('versions/a3.ts'));
  });

  test('--dry-run and --sql write nothing', async () => {
    using folder = historyFolder({ id: 'a1' });
    const run = (...argv: string[]) =>
      runJson<Script>(['db', 'revision', '-d', folder.path, '-m', 'x', ...argv]);
    const dry = await run('--dry-run', '--rev-id', 'b1');
    expect(dry.document).toMatchObject({
      revision: 'b1',
      path: null,
      script: expect.stringContaining("'b1'"),
    });
    const sql = await run('--sql', '--rev-id', 'b1');
    expect(sql.document.sql).toContain(`SET version_num = 'b1' WHERE version_num = 'a1'`);
    expect(readdirSync(folder.file('versions'))).toHaveLength(1);
  });

  test('--with-tables writes the tables of that revision', async () => {
    const { stdout } = await runCli([
      'db',
      'revision',
      '--dry-run',
      '--with-tables',
      'events, users',
      '-m',
      'x',
    ]);
    expect(stdout).toContain('interface Tables {');
    expect(stdout).toContain('requester_metadata: string | null;');
    const old = await runCli([
      'db',
      'revision',
      '--dry-run',
      '--with-tables',
      'events',
      '--head',
      '8d2e',
      '--splice',
      '-m',
      'x',
    ]);
    expect(old.stdout).not.toContain('requester_metadata');
  });

  test.each([
    [['--rev-id', 'head'], 'USAGE_INVALID'],
    [['--rev-id', 'a b'], 'USAGE_INVALID'],
    [['--rev-id', 'x'.repeat(33)], 'USAGE_INVALID'],
    [['--rev-id', 'a1'], 'REVISION_DUPLICATE'],
    [['--head', 'a1'], 'USAGE_INVALID'],
    [['--head', 'nope'], 'REVISION_NOT_FOUND'],
    [['--depends-on', 'nope'], 'REVISION_NOT_FOUND'],
    [['--version-path', 'elsewhere'], 'USAGE_INVALID'],
    [['--rename', 'a:b'], 'USAGE_INVALID'],
    [['--sql', '--dry-run'], 'USAGE_INVALID'],
    [['--with-tables', 'nope'], 'OPERATION_INVALID'],
    [['--autogenerate', '--rename', 'a'], 'USAGE_INVALID'],
  ])('%j is %s and writes nothing', async (argv, code) => {
    using folder = historyFolder({ id: 'a1' }, { id: 'a2', down: 'a1' });
    const env = { FRESHMAKER_TESTING_ENV: '1' };
    const outcome = await runJson(['db', 'revision', '-m', 'x', '-d', folder.path, ...argv], { env });
    expect(outcome).toMatchObject({ code: 2, document: { error: { code } } });
    expect(readdirSync(folder.file('versions'))).toHaveLength(2);
  });

  test('several folders of scripts: the parent says which, or --version-path', async () => {
    using folder = temporaryFolder();
    for (const name of ['one', 'two']) mkdirSync(folder.file(name));
    writeFileSync(
      folder.file('freshmaker.config.json'),
      '{"directory": ".", "versionLocations": ["one", "two"]}',
    );
    const run = (...argv: string[]) => runJson<Script>(['db', 'revision', ...argv], { cwd: folder.path });
    expect((await run('-m', 'x')).document).toMatchObject({ error: { code: 'USAGE_INVALID' } });
    expect((await run('--rev-id', 'a1', '--version-path', 'two')).document.path).toBe(
      folder.file('two/a1.ts'),
    );
    expect((await run('--rev-id', 'a2')).document.path).toBe(folder.file('two/a2.ts'));
  });
});

describe('edit', () => {
  test('opens the editor and checks the file afterwards', async () => {
    using folder = historyFolder({ id: 'a1', message: 'before' });
    const path = folder.file('versions/a1_script.mjs');
    const run = (editor: string | undefined) =>
      runJson(['db', 'edit', 'head', '-d', folder.path], { env: { VISUAL: editor, PATH: process.env.PATH } });
    expect(await run("sed -i -e 's/before/after work/'")).toMatchObject({
      code: 0,
      document: { path, revision: { message: 'after work' } },
    });
    expect(await run('sed -i -e s/downRevision/parent/')).toMatchObject({
      code: 2,
      document: { error: { code: 'SCRIPT_INVALID', path } },
    });
    expect(await run(undefined)).toMatchObject({ code: 2, document: { error: { code: 'SCRIPT_INVALID' } } });
  });

  test.each([
    [undefined, 'VISUAL'],
    ['false', 'failed'],
    ['/no/such/editor', 'failed'],
  ])('with the editor %s it says what is wrong', async (editor, part) => {
    using folder = historyFolder({ id: 'a1' });
    const env = { EDITOR: editor, PATH: process.env.PATH };
    const { code, stderr } = await runCli(['db', 'edit', 'a1', '-d', folder.path], { env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(part) });
  });

  test('the base has no script', async () => {
    const env = { FRESHMAKER_TESTING_ENV: '1' };
    expect(await runJson(['db', 'edit'], { env })).toMatchObject({
      document: { error: { code: 'USAGE_INVALID' } },
    });
  });
});

describe('init', () => {
  test.each(["it's", 'a "name"', 'back\\slash'])(
    'writes a configuration that names the folder %s',
    async (name) => {
      using folder = temporaryFolder();
      await runCli(['db', 'init', name], { cwd: folder.path });
      const text = readFileSync(folder.file('freshmaker.config.ts'), 'utf8');
      expect(text.match(/^ {2}directory: '/m)).not.toBeNull();
      const { default: written } = await import(folder.file('freshmaker.config.ts'));
      expect(written).toMatchObject({ directory: name });
    },
  );

  test('prints paths as a shell reads them, and what to type next', async () => {
    using folder = temporaryFolder();
    const { stdout } = await runCli(['db', 'init', 'my history'], { cwd: folder.path });
    expect(stdout.split('\n')).toEqual([
      `Wrote '${folder.file('my history/versions')}'`,
      `Wrote '${folder.file('my history/README.md')}'`,
      `Wrote ${folder.file('freshmaker.config.ts')}`,
      expect.stringMatching(/ then type `freshmaker db migrate`\.$/),
      '',
    ]);
    expect(readFileSync(folder.file('my history/README.md'), 'utf8')).toContain(
      '\n    freshmaker db upgrade  ',
    );
    expect(readFileSync(folder.file('freshmaker.config.ts'), 'utf8')).toContain(
      "\n  directory: 'my history',\n",
    );
    const again = await runCli(['db', 'init', 'second'], { cwd: folder.path });
    expect(again.stdout).toContain('set its key directory to "second"');
  });

  test('starts a directory with a documented configuration that works', async () => {
    using folder = temporaryFolder();
    const first = await runJson<{ created: readonly string[] }>(['db', 'init'], { cwd: folder.path });
    expect(first.document.created).toEqual([
      folder.file('migrations/versions'),
      folder.file('migrations/README.md'),
      folder.file('freshmaker.config.ts'),
    ]);
    expect(await runCli(['db', 'heads'], { cwd: folder.path })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await runCli(['db', 'revision', '-m', 'first'], { cwd: folder.path })).code).toBe(0);
    expect((await runCli(['db', 'upgrade'], { cwd: folder.path })).code).toBe(0);
    expect(readdirSync(folder.path)).toContain('development.db');
    const again = await runJson(['db', 'init'], { cwd: folder.path });
    expect(again).toMatchObject({ code: 2, document: { error: { code: 'USAGE_INVALID' } } });
  });

  test('says that a directory cannot be made', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('file'), '');
    const { code, document } = await runJson(['db', 'init', 'file/migrations'], { cwd: folder.path });
    expect({ code, document }).toMatchObject({
      code: 2,
      document: { error: { code: 'USAGE_INVALID', directory: folder.file('file/migrations') } },
    });
    expect(readdirSync(folder.path)).toEqual(['file']);
  });

  // Node would try for ever to make one there.
  test.each([['/proc/nowhere'], ['/proc/nowhere/migrations']])('says so of %s', async (directory) => {
    const { code, document } = await runJson(['db', 'init', directory]);
    expect({ code, document }).toMatchObject({
      code: 2,
      document: { error: { code: 'USAGE_INVALID', directory, message: expect.stringContaining('ENOENT') } },
    });
  });

  test('leaves a configuration that is there as it is', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('freshmaker.config.json'), '{}');
    const { code, stdout } = await runCli(['db', 'init', 'db/history'], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain('set its key directory to "db/history"');
    expect(readFileSync(folder.file('freshmaker.config.json'), 'utf8')).toBe('{}');
  });
});

test('without a message the file has the name Alembic gives it, less the underscore', async () => {
  using folder = temporaryFolder();
  cpSync(freshmaker, folder.file('m'), { recursive: true });
  const { document } = await runJson<Script>(['db', 'revision', '-d', folder.file('m')]);
  expect(document.path).toBe(folder.file(`m/versions/${document.revision}.ts`));
  expect(readFileSync(document.path, 'utf8')).toContain(' * empty message\n');
});
