import { fileURLToPath } from 'node:url';

/** Freshmaker's migrations directory, which holds `versions/`: an absolute path, in a clone as in an installed package. */
export const migrationsDirectory: string = fileURLToPath(new URL('../migrations', import.meta.url));
