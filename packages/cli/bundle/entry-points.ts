import { globSync } from 'node:fs';
import { join } from 'node:path';

const sources = join(import.meta.dirname, '..', 'src');
const engine = join(import.meta.dirname, '..', '..', 'migrator', 'src');

/**
 * The files of the bundle that are imported by their names, each with its source: the program, the commands, which oclif
 * imports one at a time, and the engine as scripts and configuration files import it (see src/one-engine.ts).
 *
 * @returns paths below the bundle's folder, without their ending, and absolute paths.
 */
export function entryPoints(): Readonly<Record<string, string>> {
  const own = ['process.ts', 'index.ts', 'oclif-options.ts', 'run/command-not-found.ts'];
  const files = [...own, ...globSync('commands/**/*.ts', { cwd: sources })];
  return {
    ...Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), join(sources, file)])),
    engine: join(engine, 'engine.ts'),
    migrator: join(engine, 'index.ts'),
  };
}
