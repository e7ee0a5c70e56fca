import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
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

let engineHash: string | undefined;

/** The whole history of a migrations directory. Its hash covers every file there, and the engine that runs them. */
export function migrationsRecipe(scripts: ScriptLocations): SchemaRecipe {
  const directory = resolve(scripts.directory);
  const folders = (scripts.versionLocations ?? ['.']).map((folder) => resolve(directory, folder));
  const require = createRequire(import.meta.url);
  engineHash ??= hashFolders([dirname(require.resolve('@freshmaker/migrator/engine'))]);
  return {
    kind: 'migrations',
    scripts: { ...scripts, directory },
    hash: hashParts(['migrations', engineHash, hashFolders(folders)]),
  };
}

/** SQL that makes the schema of the entities. */
export function statementsRecipe(sql: string): SchemaRecipe {
  return { kind: 'statements', sql, hash: hashParts(['statements', sql]) };
}
