import { readdirSync } from 'node:fs';

/**
 * Imports the modules of a folder, not searched in depth: its files of JavaScript or TypeScript, except tests and declarations
 * of types.
 *
 * @returns their exports, ordered by the names of the files.
 */
export async function importFolder(folder: URL): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const files = readdirSync(folder).filter((file) => /(?<!\.d|\.test)\.[cm]?[jt]s$/.test(file));
  return Promise.all(files.sort().map((file) => import(new URL(file, folder).href)));
}
