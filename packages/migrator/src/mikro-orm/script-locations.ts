import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import type { ScriptLocations } from '../script/script-directory.ts';

/** What `migrations` of MikroORM's configuration may hold beside MikroORM's own keys. */
export interface RevisionMigrationsOptions {
  /** The migrations directory: the folder that holds `versions/`. */
  readonly path: string;
  /** Folders to read instead of `<path>/versions`. */
  readonly versionLocations?: readonly string[];
}

/**
 * Where the scripts are, as MikroORM is configured.
 *
 * @param baseDir what a relative path starts from.
 * @throws ConfigurationError `CONFIG_INVALID` when no path is configured.
 */
export function scriptLocations(
  options: Partial<RevisionMigrationsOptions>,
  baseDir: string,
): ScriptLocations {
  const { path, versionLocations } = options;
  if (path === undefined) {
    throw new ConfigurationError(
      'CONFIG_INVALID',
      'MikroORM is not told where the migrations directory is.',
      {
        hint: 'Set migrations.path to the folder that holds versions/.',
      },
    );
  }
  const directory = resolve(baseDir, path);
  if (versionLocations) return { directory, versionLocations };
  return existsSync(join(directory, 'versions')) ? { directory } : { directory, versionLocations: ['.'] };
}
