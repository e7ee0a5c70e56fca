import { resolve } from 'node:path';
import { ConfigurationError } from '@freshmaker/migrator/engine';
import { type DatabaseAddress, DatabaseUrlError, parseDatabaseUrl } from '@freshmaker/models/database-url';
import type { Invocation } from '../invocation.ts';
import type { ConfigurationFile } from './configuration.ts';
import { isTruthy } from './truthy.ts';

interface Choice {
  readonly url: string;
  /** Where it stands, for errors. */
  readonly source: string;
  /** Where a relative SQLite path starts. */
  readonly folder: string;
}

/**
 * Decides which database is meant: the first that is set of `--database-url`, the environment and the configuration file,
 * else what the mode says.
 *
 * @param named the value of `--database-url`.
 * @throws ConfigurationError `CONFIG_INVALID` for a URL that cannot be understood, naming where it comes from;
 *   `DATABASE_NOT_CONFIGURED` in production when none is set.
 */
export function chooseDatabase(
  named: string | undefined,
  file: ConfigurationFile | null,
  invocation: Invocation,
): DatabaseAddress {
  const choice = configured(named, file, invocation);
  if (choice === null) return byMode(invocation);
  const { url, source, folder } = choice;
  try {
    return parseDatabaseUrl(url, { cwd: folder, env: invocation.env });
  } catch (cause) {
    if (!(cause instanceof DatabaseUrlError)) throw cause;
    throw new ConfigurationError('CONFIG_INVALID', `${cause.message} It comes from ${source}.`, {
      hint: cause.hint,
      cause,
      facts: { source },
    });
  }
}

function configured(
  named: string | undefined,
  file: ConfigurationFile | null,
  { env, cwd }: Invocation,
): Choice | null {
  if (named !== undefined) return { url: named, source: '--database-url', folder: cwd };
  for (const name of ['FRESHMAKER_DATABASE_URL', 'SQLALCHEMY_DATABASE_URI'] as const) {
    const url = env[name];
    if (url) return { url, source: `the environment variable ${name}`, folder: cwd };
  }
  if (file === null) return null;
  for (const key of ['databaseUrl', 'SQLALCHEMY_DATABASE_URI'] as const) {
    const url = file.values[key];
    if (url !== undefined) return { url, source: `the key ${key} of ${file.path}`, folder: file.folder };
  }
  return null;
}

function byMode({ env, cwd }: Invocation): DatabaseAddress {
  if (isTruthy(env.FRESHMAKER_TESTING_ENV)) return { dialect: 'sqlite', path: ':memory:' };
  if (env.FRESHMAKER_ENV === 'production' || env.NODE_ENV === 'production') {
    throw new ConfigurationError(
      'DATABASE_NOT_CONFIGURED',
      'No database is configured, and this is production.',
      {
        hint: 'Set FRESHMAKER_DATABASE_URL, or pass --database-url, for example postgresql://user@host/freshmaker.',
      },
    );
  }
  // ./manager says where the checkout is, so that its database does not depend on the current directory.
  return { dialect: 'sqlite', path: resolve(env.FRESHMAKER_CHECKOUT_ROOT || cwd, 'freshmaker.db') };
}
