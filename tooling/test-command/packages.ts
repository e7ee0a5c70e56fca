import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
}

const manifest = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folders of all workspace packages that have tests to run. */
export function packagesWithTests(root: string): string[] {
  const folders = globSync(
    (manifest(root).workspaces ?? []).map((pattern) => join(pattern, 'package.json')),
    { cwd: root },
  ).map((file) => join(root, file, '..'));
  return folders.filter((folder) => manifest(folder).scripts?.test !== undefined).sort();
}
