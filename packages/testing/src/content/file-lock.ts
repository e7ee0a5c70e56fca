import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { cacheDirectory } from './cache-directory.ts';

/** How often a lock that another one holds is tried again, in milliseconds. */
const interval = 10;

/**
 * Runs `work` while no other process or thread of this user runs work under the same name.
 *
 * The lock is SQLite's on a file: the operating system gives it back however its holder ends.
 *
 * @param name letters, digits and dashes.
 */
export async function withFileLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const file = new Database(join(cacheDirectory(), `${name}.lock`), { timeout: 0 });
  try {
    while (!lock(file)) await sleep(interval);
    return await work();
  } finally {
    file.close();
  }
}

function lock(file: Database.Database): boolean {
  try {
    file.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
