import { appendFileSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, runProcess, temporaryFolder } from './run-cli.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A copy of the sources, with all npm packages but one. */
function checkoutWithout(missing?: string) {
  const folder = temporaryFolder();
  const packages = ['cli', 'migrator', 'models'];
  for (const name of packages) {
    cpSync(join(root, 'packages', name), folder.file(`packages/${name}`), {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist|test)$/.test(path),
    });
  }
  mkdirSync(folder.file('node_modules/@freshmaker'), { recursive: true });
  for (const name of packages) {
    symlinkSync(`../../packages/${name}`, folder.file(`node_modules/@freshmaker/${name}`));
  }
  for (const name of installed().filter((each) => each !== missing)) {
    mkdirSync(folder.file(`node_modules/${name}/..`), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), folder.file(`node_modules/${name}`));
  }
  return folder;
}

function runIn({ path, file }: ReturnType<typeof temporaryFolder>, ...argv: string[]): Promise<Outcome> {
  // The sources as they are: to bundle them first takes long.
  const env = { NODE_OPTIONS: '--conditions=@freshmaker/source' };
  return runProcess(argv, { cwd: path, program: file('packages/cli/bin/run.js'), env });
}

function installed(): readonly string[] {
  return readdirSync(join(root, 'node_modules')).flatMap((name) => {
    if (name === '@freshmaker' || name.startsWith('.')) return [];
    if (!name.startsWith('@')) return [name];
    return readdirSync(join(root, 'node_modules', name)).map((each) => `${name}/${each}`);
  });
}

test.each([
  ['@oclif/core', 'what starts the program'],
  ['@mikro-orm/core', 'what only some commands need'],
])('without the package %s (%s) it says what to install', async (missing) => {
  using folder = checkoutWithout(missing);
  const { code, stdout } = await runIn(folder, 'db', 'check', '--scripts', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'PROGRAM_NOT_LOADED',
      message: `The npm package ${missing} is not installed, and freshmaker needs it.`,
      hint: `Type \`npm install\` in ${folder.path}.`,
      package: missing,
    },
  });
});

test('people read it on standard error', async () => {
  using folder = checkoutWithout('@oclif/core');
  const { code, stdout, stderr } = await runIn(folder, '--version', '--', '--json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Error \[PROGRAM_NOT_LOADED\]: .*\nHint: Type `npm install` in .*\n$/);
});

test.each([
  ['packages/cli/src/main.ts', 'what starts the program'],
  ['packages/migrator/src/errors.ts', 'the engine'],
  ['packages/cli/src/commands/db/heads.ts', 'a command'],
])('with a mistake in %s (%s) it names the line', async (source) => {
  using folder = checkoutWithout();
  appendFileSync(folder.file(source), 'const = 1;\n');
  const { code, stdout, stderr } = await runIn(folder, 'db', 'heads', '--json');
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
  const { error } = JSON.parse(stdout);
  expect(error).toMatchObject({ code: 'PROGRAM_NOT_LOADED', hint: expect.stringContaining('DEBUG=1') });
  expect(error.message).toMatch(new RegExp(`${source}:\\d+`));
});
