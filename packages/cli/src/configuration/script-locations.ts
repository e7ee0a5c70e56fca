import { resolve } from 'node:path';
import type { ScriptLocations } from '@freshmaker/migrator/engine';
import type { Invocation } from '../invocation.ts';
import type { ConfigurationFile } from './configuration.ts';

/**
 * Where the revision scripts are: `--directory`, else the configuration file's `directory`, else Freshmaker's own history.
 *
 * @param named the value of `--directory`.
 */
export async function scriptLocations(
  named: string | undefined,
  file: ConfigurationFile | null,
  { cwd }: Invocation,
): Promise<ScriptLocations> {
  if (named !== undefined) return { directory: resolve(cwd, named) };
  const { directory, versionLocations } = file?.values ?? {};
  const folder = file?.folder ?? cwd;
  return {
    directory: directory === undefined ? await ownMigrations() : resolve(folder, directory),
    ...(versionLocations ? { versionLocations: versionLocations.map((each) => resolve(folder, each)) } : {}),
  };
}

/** The folder `migrations` of `@freshmaker/models`: beside its sources in a clone, in what was built of it elsewhere. */
async function ownMigrations(): Promise<string> {
  return (await import('@freshmaker/models/migrations')).migrationsDirectory;
}
