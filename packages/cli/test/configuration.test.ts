import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli, runJson, temporaryFolder } from './run-cli.ts';

/** The database that `db current -v` names. */
async function databaseOf(options: Parameters<typeof runCli>[1], ...argv: string[]): Promise<string> {
  const { stdout, stderr } = await runCli(['db', 'current', '-v', ...argv], options);
  return /Current revision\(s\) for (.*):/.exec(stdout)?.[1] ?? stderr;
}

describe('which database', () => {
  test('the first that is set wins', async () => {
    using folder = temporaryFolder();
    const nested = folder.file('a/b');
    mkdirSync(nested, { recursive: true });
    const file = (name: string) => `SQLite file ${join(nested, name)}`;
    const options = { cwd: nested, env: {} as Record<string, string> };

    expect(await databaseOf(options)).toBe(file('freshmaker.db'));
    options.env.FRESHMAKER_CHECKOUT_ROOT = folder.path;
    expect(await databaseOf(options)).toBe(`SQLite file ${folder.file('freshmaker.db')}`);
    options.env.FRESHMAKER_ENV = 'production';
    expect(await databaseOf(options)).toContain('[DATABASE_NOT_CONFIGURED]');
    options.env.FRESHMAKER_TESTING_ENV = 'YES';
    expect(await databaseOf(options)).toBe('SQLite database in memory');

    const config = (text: string) => writeFileSync(folder.file('freshmaker.config.json'), text);
    config('{"SQLALCHEMY_DATABASE_URI": "sqlite:///from-key.db"}');
    expect(await databaseOf(options)).toBe(`SQLite file ${folder.file('from-key.db')}`);
    config('{"SQLALCHEMY_DATABASE_URI": "sqlite:///x.db", "databaseUrl": "sqlite:///from-file.db"}');
    expect(await databaseOf(options)).toBe(`SQLite file ${folder.file('from-file.db')}`);

    options.env.SQLALCHEMY_DATABASE_URI = 'sqlite:///from-sqlalchemy.db';
    expect(await databaseOf(options)).toBe(file('from-sqlalchemy.db'));
    options.env.FRESHMAKER_DATABASE_URL = 'sqlite:///from-environment.db';
    expect(await databaseOf(options)).toBe(file('from-environment.db'));
    expect(await databaseOf(options, '--database-url', 'sqlite:////tmp/flag.db')).toBe(
      'SQLite file /tmp/flag.db',
    );
  });

  test.each(['1', 'on', 'true', 'y', 'yes', 'TRUE', 'On'])(
    'FRESHMAKER_TESTING_ENV=%s is in memory',
    async (value) => {
      expect(await databaseOf({ env: { FRESHMAKER_TESTING_ENV: value } })).toBe('SQLite database in memory');
    },
  );

  test.each(['0', 'off', 'false', 'n', 'no', ''])('FRESHMAKER_TESTING_ENV=%s is not', async (value) => {
    expect(await databaseOf({ cwd: '/tmp', env: { FRESHMAKER_TESTING_ENV: value } })).toContain(
      'SQLite file',
    );
  });

  test('NODE_ENV=production needs a database too', async () => {
    const { code, document } = await runJson(['db', 'current'], { env: { NODE_ENV: 'production' } });
    expect(code).toBe(2);
    expect(document).toMatchObject({ error: { code: 'DATABASE_NOT_CONFIGURED' } });
  });
});

describe('the configuration file', () => {
  test.each(['ts', 'mts', 'js', 'mjs'])('freshmaker.config.%s is a module', async (extension) => {
    using folder = temporaryFolder();
    writeFileSync(
      folder.file(`freshmaker.config.${extension}`),
      "export default { databaseUrl: 'sqlite:///module.db' };\n",
    );
    expect(await databaseOf({ cwd: folder.path })).toBe(`SQLite file ${folder.file('module.db')}`);
  });

  test('--config wins over FRESHMAKER_CONFIG_FILE, which wins over the one found', async () => {
    using folder = temporaryFolder();
    const write = (name: string) => {
      writeFileSync(folder.file(`${name}.json`), JSON.stringify({ databaseUrl: `sqlite:///${name}.db` }));
    };
    for (const name of ['freshmaker.config', 'named', 'flag']) write(name);
    const options = { cwd: folder.path, env: { FRESHMAKER_CONFIG_FILE: 'named.json' } };
    expect(await databaseOf(options)).toContain('named.db');
    expect(await databaseOf(options, '--config', 'flag.json')).toContain('flag.db');
  });

  test('names the migrations directory', async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.file('own/versions'), { recursive: true });
    writeFileSync(
      folder.file('own/versions/one.js'),
      "export const revision = 'a1';\nexport const downRevision = null;\n",
    );
    writeFileSync(folder.file('freshmaker.config.json'), '{"directory": "own"}');
    const { stdout } = await runCli(['db', 'heads'], { cwd: folder.path });
    expect(stdout).toBe('a1 (head)\n');
  });

  test.each([
    ['{"databaseURL": "sqlite://"}', ['"databaseURL"', 'Did you mean databaseUrl?']],
    ['{"databaseUrl": 3, "lock": "never"}', ['"databaseUrl"', '"lock"']],
    ['{"databaseUrl": ', ['cannot be read']],
    ['[]', ['expected object']],
  ])('%s is CONFIG_INVALID, naming key and file', async (text, expected) => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('freshmaker.config.json'), text);
    const { code, stderr } = await runCli(['db', 'current'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain('[CONFIG_INVALID]');
    for (const part of [folder.file('freshmaker.config.json'), ...expected]) expect(stderr).toContain(part);
  });

  test.each([
    ['freshmaker.config.json', '{\n  "lock": wait\n}', 'line 2'],
    ['freshmaker.config.mjs', "export default {\n  lock: 'wait'\n  lockTimeout: 3,\n};\n", 'line 3'],
    ['freshmaker.config.ts', 'export default {\n  lock: wait,\n};\n', 'line 2'],
  ])('a mistake in %s is CONFIG_INVALID, naming the line', async (name, text, line) => {
    using folder = temporaryFolder();
    writeFileSync(folder.file(name), text);
    const { code, stderr } = await runCli(['db', 'heads'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain('[CONFIG_INVALID]');
    expect(stderr).toContain(`${folder.file(name)} cannot be read`);
    expect(stderr).toContain(line);
  });

  test.each([
    ['--config', ['--config', 'missing.json'], {}],
    ['--config', ['--config', ''], {}],
    ['FRESHMAKER_CONFIG_FILE', [], { FRESHMAKER_CONFIG_FILE: 'missing.json' }],
  ])('a file named by %s has to exist', async (source, argv, env) => {
    const { code, stderr } = await runCli(['db', 'current', ...argv], { env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(source) });
    expect(stderr).toContain('[CONFIG_INVALID]');
  });

  test('an empty URL is CONFIG_INVALID', async () => {
    const { document } = await runJson(['db', 'current', '--database-url', '']);
    expect(document).toMatchObject({ error: { code: 'CONFIG_INVALID', source: '--database-url' } });
  });

  test('an unknown scheme is an error that names the known ones', async () => {
    const { document } = await runJson<{ error: { message: string } }>([
      'db',
      'current',
      '--database-url',
      'mysql://h/d',
    ]);
    expect(document.error).toMatchObject({ code: 'CONFIG_INVALID' });
    for (const scheme of ['mysql', 'sqlite', 'postgresql']) expect(document.error.message).toContain(scheme);
  });
});
