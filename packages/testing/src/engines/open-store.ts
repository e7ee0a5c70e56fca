import type { SchemaRecipe } from '../content/recipe.ts';
import type { EngineName, OpenStore, Store } from './engine.ts';

const engines: Readonly<Record<EngineName | 'sqlite file', () => Promise<OpenStore>>> = {
  sqlite: async () => (await import('./sqlite-store.ts')).openSqliteStore,
  'sqlite file': async () => (await import('./sqlite-file-store.ts')).openSqliteFileStore,
  pglite: async () => (await import('./pglite-store.ts')).openPgliteStore,
  postgresql: async () => (await import('./postgresql-store.ts')).openPostgresqlStore,
};

/**
 * Opens a new database of an engine; only that engine's client is loaded.
 *
 * @param file whether SQLite's is to be in a file rather than in memory.
 */
export async function openStore(engine: EngineName, recipe: SchemaRecipe, file: boolean): Promise<Store> {
  const open = await engines[engine === 'sqlite' && file ? 'sqlite file' : engine]();
  return open(recipe);
}
