import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { programEnvironment } from './settings.ts';

/**
 * Whether `account` can run the server program: its file must be readable to it, its libraries complete.
 *
 * @param programs the folder that holds `postgres`.
 * @returns `undefined` when it can, else why not.
 */
export async function whyNotRunnable(
  programs: string,
  account: Account | undefined,
): Promise<Error | undefined> {
  try {
    const options = { ...account, cwd: '/', env: programEnvironment() };
    await promisify(execFile)(join(programs, 'postgres'), ['--version'], options);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
