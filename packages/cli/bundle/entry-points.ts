import { globSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED_MODULES, sharedFile } from '../src/shared-modules.ts';

const sources = join(import.meta.dirname, '..', 'src');

/** CommonJS, whose names esbuild does not know: a file of our own has them. */
const named: Readonly<Record<string, string>> = {
  'better-sqlite3': join(sources, 'shared-better-sqlite3.ts'),
};

/**
 * The files of the bundle that are imported by their names: the program, the commands, which oclif imports one at a time, and
 * what others import, too.
 *
 * @returns by paths below the bundle's folder, without their ending: an absolute path, or the name of a module.
 */
export function entryPoints(): Readonly<Record<string, string>> {
  const own = [
    'process.ts',
    'index.ts',
    'oclif-options.ts',
    'run/command-not-found.ts',
    'configuration/load-models.ts',
    'configuration/kept-models.ts',
  ];
  const files = [...own, ...globSync('commands/**/*.ts', { cwd: sources })];
  return Object.fromEntries([
    ...files.map((file) => [file.replace(/\.ts$/, ''), join(sources, file)]),
    ...SHARED_MODULES.map((name) => [sharedFile(name).replace(/\.js$/, ''), named[name] ?? name]),
  ]);
}
