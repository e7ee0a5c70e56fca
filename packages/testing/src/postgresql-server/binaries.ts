import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { copyEmbedded, embeddedFolder, restoreLinks, unless } from './embedded-binaries.ts';
import { PostgresqlServerError } from './error.ts';
import { whyNotRunnable } from './run-check.ts';

/** PostgreSQL programs that an account can run, where they are or once they are copied. */
export interface Binaries {
  /** They lie where the account cannot reach or complete them, and must be copied before they run. */
  readonly needCopy: boolean;
  /**
   * Makes them runnable.
   *
   * @param directory an empty directory of the account's own, for a copy if one is needed.
   * @returns the folder that holds `initdb` and `postgres`.
   */
  provide(directory: string): Promise<string>;
}

/**
 * Finds PostgreSQL's programs.
 *
 * @param source `'embedded'` for the npm package, else the folder that holds `initdb` and `postgres`.
 * @throws PostgresqlServerError `POSTGRESQL_BINARIES_MISSING`, `POSTGRESQL_BINARIES_NOT_RUNNABLE`.
 */
export async function findBinaries(source: string, account: Account | undefined): Promise<Binaries> {
  if (source === 'embedded') return findEmbedded(account);
  for (const program of ['initdb', 'postgres']) {
    if (!existsSync(join(source, program))) {
      throw new PostgresqlServerError(
        'POSTGRESQL_BINARIES_MISSING',
        `There is no program ${program} in ${source}.`,
        'Name the folder that holds the programs, such as /usr/lib/postgresql/15/bin.',
      );
    }
  }
  await checkRunnable(source, account);
  return { needCopy: false, provide: async () => source };
}

async function findEmbedded(account: Account | undefined): Promise<Binaries> {
  const folder = embeddedFolder();
  // Where this user may not write, the links may be there already; if not, the check below says so.
  await restoreLinks(folder).catch(unless('EACCES', 'EPERM', 'EROFS'));
  const programs = join(folder, 'bin');
  if (!(await whyNotRunnable(programs, account))) return { needCopy: false, provide: async () => programs };
  return {
    needCopy: true,
    async provide(directory) {
      const copy = join(await copyEmbedded(folder, join(directory, 'postgresql'), account), 'bin');
      await checkRunnable(copy, account);
      return copy;
    },
  };
}

async function checkRunnable(programs: string, account: Account | undefined): Promise<void> {
  const cause = await whyNotRunnable(programs, account);
  if (!cause) return;
  throw new PostgresqlServerError(
    'POSTGRESQL_BINARIES_NOT_RUNNABLE',
    `${join(programs, 'postgres')} cannot be run: ${cause.message}`,
    `Make that folder readable to ${account ? `user ${account.uid}` : 'this user'}, and its disk executable.`,
    { cause },
  );
}
