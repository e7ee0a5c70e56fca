import { registerHooks } from 'node:module';
import { extname } from 'node:path';

/** What is in the bundle of this program, and what others import too; `bundle/entry-points.ts` gives each a file. */
export const SHARED_MODULES: readonly string[] = [
  '@freshmaker/migrator',
  '@freshmaker/migrator/engine',
  '@freshmaker/models',
  '@freshmaker/models/database-url',
  '@freshmaker/models/options',
  '@freshmaker/models/postgresql-client-config',
  '@mikro-orm/core',
  '@mikro-orm/core/dataloader',
  '@mikro-orm/core/file-discovery',
  '@mikro-orm/core/fs-utils',
  '@mikro-orm/core/migrations',
  '@mikro-orm/core/schema',
  '@mikro-orm/migrations',
  '@mikro-orm/sql',
  '@mikro-orm/sqlite',
  'better-sqlite3',
  'kysely',
];

/** The file of a shared module, below the folder of the bundle. */
export function sharedFile(specifier: string): string {
  return `shared/${specifier}.js`;
}

let isShared = false;

/**
 * Where this program is a bundle: whoever imports one of these modules, be it a revision script, a configuration file, an
 * entity or another package, gets the one that runs, which is loaded already. There must be no second one: entities and
 * errors are told by their classes. Another copy of a package, such as another version that a project has of its own,
 * stays what it is.
 */
export function shareModules(): void {
  if (isShared || extname(import.meta.url) === '.ts') return;
  isShared = true;
  const found = new Map<string, string | null>();
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      if (!SHARED_MODULES.includes(specifier)) return resolved;
      if (!found.has(specifier)) {
        found.set(
          specifier,
          resolveOrNull(() => next(specifier, { ...context, parentURL: import.meta.url })),
        );
      }
      if (resolved.url !== found.get(specifier)) return resolved;
      return {
        url: new URL(sharedFile(specifier), import.meta.url).href,
        format: 'module',
        shortCircuit: true,
      };
    },
  });
}

/** Where this program would find a module, were it no bundle; null where it has none, having it in the bundle. */
function resolveOrNull(resolve: () => { readonly url: string }): string | null {
  try {
    return resolve().url;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}
