import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError, loadReason } from '@freshmaker/migrator/engine';
import type { Invocation } from '../invocation.ts';
import type { Configuration, ConfigurationFile } from './configuration.ts';
import { parseJson } from './parse-json.ts';
import { passwordsIn } from './secrets.ts';

/** The configuration files that are looked for, the first one found wins. */
export const FILE_NAMES = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `freshmaker.config.${extension}`,
);

/**
 * Reads the configuration file: the one named by `--config` or `FRESHMAKER_CONFIG_FILE`, else the first found upwards from
 * the current directory.
 *
 * @param named the value of `--config`.
 * @returns null when none is named and none is found.
 * @throws ConfigurationError `CONFIG_INVALID` when the named one is missing, or the file cannot be read or is not valid.
 */
export async function readConfiguration(
  named: string | undefined,
  invocation: Invocation,
): Promise<ConfigurationFile | null> {
  const path = findFile(named, invocation);
  if (path === null) return null;
  const { checkConfiguration } = await import('./schema.ts');
  const values = checkConfiguration(await loadFile(path), path);
  for (const url of [values.databaseUrl, values.SQLALCHEMY_DATABASE_URI]) rememberSecrets(url, invocation);
  return { path, folder: dirname(path), values };
}

function rememberSecrets(url: string | undefined, { secrets }: Invocation): void {
  for (const password of passwordsIn(url ?? '')) secrets.add(password);
}

function findFile(named: string | undefined, { env, cwd }: Invocation): string | null {
  if (named !== undefined) return existing(named, cwd, '--config');
  if (env.FRESHMAKER_CONFIG_FILE) return existing(env.FRESHMAKER_CONFIG_FILE, cwd, 'FRESHMAKER_CONFIG_FILE');
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = FILE_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return null;
  }
}

function existing(name: string, cwd: string, source: string): string {
  const path = resolve(cwd, name);
  if (name !== '' && existsSync(path) && statSync(path).isFile()) return path;
  throw new ConfigurationError('CONFIG_INVALID', `There is no configuration file ${path} (from ${source}).`, {
    hint: 'Name an existing file, or leave it out to have freshmaker.config.{ts,mts,js,mjs,json} looked for.',
    facts: { path, source },
  });
}

async function loadFile(path: string): Promise<unknown> {
  try {
    if (extname(path) === '.json') return parseJson(readFileSync(path, 'utf8'));
    const url = pathToFileURL(path);
    // A file that was edited since is read anew.
    url.searchParams.set('v', String(statSync(path).mtimeMs));
    const loaded = (await import(url.href)) as { readonly default?: Configuration | Promise<Configuration> };
    return await loaded.default;
  } catch (cause) {
    throw new ConfigurationError(
      'CONFIG_INVALID',
      `The configuration file ${path} cannot be read: ${loadReason(cause, path)}.`,
      {
        hint: 'It is JSON, or a module whose default export is an object of settings.',
        cause,
        facts: { path },
      },
    );
  }
}
