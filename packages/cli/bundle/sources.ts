import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Metafile } from 'esbuild';

const packageRoot = join(import.meta.dirname, '..');
const root = join(packageRoot, '..', '..');

/** What a bundle is made of besides the files that are in it: what says which those are. */
const OTHERS = [
  'node_modules/.package-lock.json',
  'package-lock.json',
  'packages/*/package.json',
  'packages/cli/bundle/*',
  'packages/cli/src/commands',
  'packages/cli/src/commands/**/',
  'packages/models/src/entities',
];

/**
 * The files, and folders, of this clone that decide what is in a bundle. When none has changed, the bundle is the same.
 * The files of other packages are not among them: npm changes a lock file with them.
 *
 * @returns paths below the clone's root.
 */
export function sourcesOf({ inputs }: Metafile): readonly string[] {
  const files = Object.keys(inputs)
    .filter((input) => !/^[a-z-]+:/.test(input) && !input.includes('node_modules/'))
    .map((input) => relative(root, join(packageRoot, input)));
  return [...new Set([...files, ...globSync(OTHERS, { cwd: root })])]
    .filter((file) => !file.endsWith('.test.ts'))
    .sort();
}
