import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Outcome, type RunOptions, temporaryFolder } from './run-cli.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs a program of Node as a process of its own. */
function runNode(program: readonly string[], { env = {}, cwd }: RunOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      program,
      { cwd, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

export interface ScratchClone extends Disposable {
  readonly path: string;
  file(name: string): string;
  /** Changes a file. */
  edit(name: string, from: string, to: string): void;
  /** Takes all changes back. */
  restore(): void;
  /** Runs its program; `options` are those of Node. */
  run(
    argv: readonly string[],
    given?: RunOptions & { readonly options?: readonly string[] },
  ): Promise<Outcome>;
  /** The bundles it has. */
  bundles(): readonly string[];
}

/** Until a change is old enough for a bundle to be made of it. */
export const settled = () => sleep(150);

/** A clone with the sources of this one, for a test to change. The packages of others are those of this one. */
export function scratchClone(): ScratchClone {
  const folder = temporaryFolder();
  const root = realpathSync(folder.path);
  const file = (name: string) => join(root, name);
  const edited = new Set<string>();
  const cache = file('node_modules/.cache/freshmaker');
  for (const name of ['bin', 'bundle', 'src', 'package.json']) copy(`packages/cli/${name}`);
  for (const name of ['src', 'package.json']) copy(`packages/migrator/${name}`);
  for (const name of ['src', 'migrations', 'package.json']) copy(`packages/models/${name}`);
  copy('package-lock.json');
  linkPackages(join(root, 'node_modules'));
  mkdirSync(file('node_modules/@freshmaker'));
  for (const name of ['migrator', 'models'])
    symlinkSync(`../../packages/${name}`, file(`node_modules/@freshmaker/${name}`));

  function copy(name: string): void {
    cpSync(join(checkout, name), file(name), { recursive: true });
  }

  return {
    path: root,
    file,
    edit(name, from, to) {
      const text = readFileSync(file(name), 'utf8');
      if (!text.includes(from)) throw new Error(`There is no ${from} in ${name}.`);
      writeFileSync(file(name), text.replaceAll(from, to));
      edited.add(name);
    },
    restore() {
      for (const name of edited) copy(name);
      edited.clear();
    },
    run: (argv, { options = [], ...given } = {}) =>
      runNode([...options, file('packages/cli/bin/run.js'), ...argv], { cwd: root, ...given }),
    bundles: () => (existsSync(cache) ? readdirSync(cache).filter((name) => /^\d+-\d+$/.test(name)) : []),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

/** Puts the installed packages of this checkout, but not its own ones, into a `node_modules`. */
function linkPackages(modules: string): void {
  const installed = join(checkout, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@freshmaker' && name !== '.cache') symlinkSync(join(installed, name), join(modules, name));
  }
}

/**
 * A project that has installed the program: a bundle, and the history in JavaScript. The engine and the models that are
 * installed beside it fail when they are loaded, since those in the bundle are the ones that run.
 */
export async function scratchProject(clone: ScratchClone) {
  const folder = temporaryFolder();
  const root = realpathSync(folder.path);
  const packages = join(root, 'node_modules', '@freshmaker');
  linkPackages(join(root, 'node_modules'));
  for (const name of ['cli', 'migrator', 'models']) {
    mkdirSync(join(packages, name), { recursive: true });
    cpSync(clone.file(`packages/${name}/package.json`), join(packages, name, 'package.json'));
  }
  cpSync(clone.file('packages/cli/bin'), join(packages, 'cli/bin'), { recursive: true });
  const built = await runNode(
    ['--no-warnings', clone.file('packages/cli/bundle/build.ts'), join(packages, 'cli')],
    { cwd: root },
  );
  if (built.code !== 0) throw new Error(built.stderr);
  const inBundle = [
    'migrator/dist/index',
    'migrator/dist/engine',
    'models/dist/src/index',
    'models/dist/src/database/database-url',
    'models/dist/src/database/options',
    'models/dist/src/database/postgresql-client-config',
  ];
  for (const name of inBundle)
    writeScript(join(packages, `${name}.js`), "throw new Error('It is loaded twice.');");
  for (const name of ['src/migrations', ...versionsOf(clone)]) {
    const text = stripTypeScriptTypes(readFileSync(clone.file(`packages/models/${name}.ts`), 'utf8'));
    writeScript(join(packages, `models/dist/${name}.js`), text);
  }
  return {
    path: root,
    file: (name: string) => join(root, name),
    run: (argv: readonly string[], given: RunOptions = {}) =>
      runNode([join(packages, 'cli/bin/run.js'), ...argv], { cwd: root, ...given }),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function versionsOf(clone: ScratchClone): readonly string[] {
  const folder = 'migrations/versions';
  const sources = readdirSync(clone.file(`packages/models/${folder}`)).filter((file) => file.endsWith('.ts'));
  return sources.map((file) => `${folder}/${file.slice(0, -'.ts'.length)}`);
}

function writeScript(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
