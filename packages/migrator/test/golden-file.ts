import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Compares a text with a file under `test/golden`; with the environment's UPDATE_GOLDEN set, writes it there instead.
 *
 * @param path relative to `test/golden`.
 */
export function expectGolden(path: string, actual: string): void {
  const file = fileURLToPath(new URL(`golden/${path}`, import.meta.url));
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  expect(existsSync(file) ? readFileSync(file, 'utf8') : `(there is no golden file ${path})`).toBe(actual);
}
