import { importFolder } from './import-folder.ts';

/**
 * The modules of Freshmaker's own entities. The folder is read, not a list: a new file is a new table. Whoever bundles this
 * package puts another module in the place of this one, which imports the same files.
 */
export function entityModules(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return importFolder(new URL('../entities/', import.meta.url));
}
