import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

interface SourceFile {
  readonly path: string;
  readonly name: string;
  /** Changes whenever the file does; cheaper to read than its bytes. */
  readonly stamp: string;
}

const hashes = new Map<string, { readonly stamps: string; readonly hash: string }>();

/**
 * A hash of the names and bytes of all files in folders, however deep. `node_modules` and hidden files are left out.
 * Bytes are read again only when a file's size or time of change has.
 *
 * @param folders absolute.
 */
export function hashFolders(folders: readonly string[]): string {
  const files = folders.flatMap((folder) => filesOf(folder, folder));
  const key = folders.join('\0');
  const stamps = files.map(({ path, stamp }) => `${path}\0${stamp}`).join('\0');
  const known = hashes.get(key);
  if (known?.stamps === stamps) return known.hash;
  const hash = hashParts(files.flatMap(({ name, path }) => [name, readFileSync(path)]));
  hashes.set(key, { stamps, hash });
  return hash;
}

/** A short hash of texts and bytes, safe in a file's name and in the name of a database. */
export function hashParts(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 32);
}

function filesOf(folder: string, root: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesOf(path, root);
      const found = statSync(path, { throwIfNoEntry: false });
      // An editor's own file, gone again already.
      if (found === undefined) return [];
      return [{ path, name: relative(root, path), stamp: `${found.size}-${found.mtimeMs}` }];
    });
}
