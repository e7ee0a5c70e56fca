import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../content/cache-directory.ts';

/** Where the database of a failed test is kept. */
export function keptFile(name: string): string {
  const folder = join(cacheDirectory(), 'kept');
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
