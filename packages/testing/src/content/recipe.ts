import { createRequire } from 'node:module';
import { dirname, resolve, sep } from 'node:path';
import type { ScriptLocations } from '@freshmaker/migrator/engine';
import { hashFolders, hashParts } from './content-hash.ts';

/** What the schema of a test database is made from: plain data, so that another process can make it. */
export type SchemaRecipe = {
  /** The same for the same content, and for nothing else. */
  readonly hash: string;
} & (
  | { readonly kind: 'migrations'; readonly scripts: ScriptLocations }
  | { readonly kind: 'statements'; readonly sql: string }
);

let builderHash: string | undefined;

/** The whole history of a migrations directory. Its hash covers every file there, and the engine that runs them. */
export function migrationsRecipe(scripts: ScriptLocations): SchemaRecipe {
  const directory = resolve(scripts.directory);
  const elsewhere = (scripts.versionLocations ?? [])
    .map((folder) => resolve(directory, folder))
    .filter((folder) => !folder.startsWith(directory + sep));
  const engine = dirname(createRequire(import.meta.url).resolve('@freshmaker/migrator/engine'));
  builderHash ??= hashFolders([engine, import.meta.dirname]);
  return {
    kind: 'migrations',
    scripts: { ...scripts, directory },
    hash: hashParts(['migrations', builderHash, hashFolders([directory, ...elsewhere])]),
  };
}

/** A recipe as it is now: files may have changed since it was made. */
export function presentRecipe(recipe: SchemaRecipe): SchemaRecipe {
  return recipe.kind === 'migrations' ? migrationsRecipe(recipe.scripts) : recipe;
}

/** SQL that makes the schema of the entities. */
export function statementsRecipe(sql: string): SchemaRecipe {
  return { kind: 'statements', sql, hash: hashParts(['statements', sql]) };
}
