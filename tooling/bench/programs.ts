import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './measured-command.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Debian's Python, to which its packages belong. */
const python = '/usr/bin/python3';

/** What is there to compare with; null for what is missing. */
export interface PythonVersions {
  readonly python: string | null;
  readonly alembic: string | null;
  readonly flask_migrate: string | null;
  readonly sqlalchemy: string | null;
  readonly psycopg2: string | null;
}

/** Debian's package of each. */
const packages: Readonly<Record<keyof PythonVersions, string>> = {
  python: 'python3',
  alembic: 'python3-alembic',
  flask_migrate: 'python3-flask-migrate',
  sqlalchemy: 'python3-sqlalchemy',
  psycopg2: 'python3-psycopg2',
};

export function findPython(): PythonVersions {
  const nothing = { python: null, alembic: null, flask_migrate: null, sqlalchemy: null, psycopg2: null };
  if (!existsSync(python)) return nothing;
  const script = join(import.meta.dirname, 'python', 'versions.py');
  return { ...nothing, ...JSON.parse(execFileSync(python, [script], { encoding: 'utf8' })) };
}

/** What to install for a complete comparison, as Debian's packages are called. */
export function missingPackages(versions: PythonVersions): readonly string[] {
  return (Object.keys(packages) as (keyof PythonVersions)[])
    .filter((name) => versions[name] === null)
    .map((name) => packages[name]);
}

/** Compiles all scripts of a folder beforehand, as the first of many runs would. */
export function compilePython(folder: string): void {
  execFileSync(python, ['-m', 'compileall', '-q', folder]);
}

/** `./manager …`, as in a clone. */
export function freshmaker(args: readonly string[], place: { cwd: string; url?: string }): Command {
  return {
    argv: [join(root, 'manager'), ...args],
    cwd: place.cwd,
    env: place.url === undefined ? {} : { FRESHMAKER_DATABASE_URL: place.url },
  };
}

/** The program that is installed from a package, run by the Node that runs this. */
export function freshmakerBin(args: readonly string[], cwd: string): Command {
  return { argv: [process.execPath, join(root, 'packages', 'cli', 'bin', 'run.js'), ...args], cwd };
}

/** The driver of a database alone, with statements that `writeStatements` has written. */
export function bareDriver(statements: string, url: string): Command {
  const script = join(import.meta.dirname, 'bare-driver.ts');
  return { argv: [process.execPath, script, statements, url], cwd: import.meta.dirname };
}

/** `alembic …`, in a folder that `writeAlembic` has filled. */
export function alembic(
  args: readonly string[],
  { cwd, url = 'sqlite://', env = {} }: { cwd: string; url?: string; env?: Readonly<Record<string, string>> },
): Command {
  return { argv: ['/usr/bin/alembic', ...args], cwd, env: { BENCH_DATABASE_URL: url, ...env } };
}

/** For `alembic`: its environment then knows Freshmaker's tables. */
export const withTables = { BENCH_TABLES: join(import.meta.dirname, 'python') };

/** `flask …`, in a folder that `writeFlaskMigrate` has filled. */
export function flask(
  args: readonly string[],
  { cwd, url = 'sqlite://' }: { cwd: string; url?: string },
): Command {
  return {
    argv: ['/usr/bin/flask', ...args],
    cwd,
    env: { FLASK_APP: 'flask_app', BENCH_DATABASE_URL: url },
  };
}
