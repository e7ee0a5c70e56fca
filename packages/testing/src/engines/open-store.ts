import type { EngineName, OpenStore, Store } from './engine.ts';

const engines: Readonly<Record<EngineName, () => Promise<OpenStore>>> = {
  sqlite: async () => (await import('./sqlite-store.ts')).openSqliteStore,
  pglite: async () => (await import('./pglite-store.ts')).openPgliteStore,
  postgresql: async () => (await import('./postgresql-store.ts')).openPostgresqlStore,
};

/** Opens a new database of an engine; only that engine's client is loaded. */
export async function openStore(engine: EngineName, recipe: Parameters<OpenStore>[0]): Promise<Store> {
  const open = await engines[engine]();
  return open(recipe);
}
