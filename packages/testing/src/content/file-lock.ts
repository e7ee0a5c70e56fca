import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { TestingError } from '../error.ts';
import { cacheDirectory } from './cache-directory.ts';

/** How often a lock that another one holds is tried again, in milliseconds. */
const interval = 10;

/**
 * Runs `work` while no other process or thread of this user runs work under the same name.
 *
 * The lock is SQLite's on a file: the operating system gives it back however its holder ends.
 *
 * @param name letters, digits and dashes.
 * @throws TestingError `CACHE_UNUSABLE`.
 */
export async function withFileLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const path = join(cacheDirectory(), `${name}.lock`);
  const file = open(path);
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
    throw unusable(file.name, error);
  }
}

function open(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, cause: unknown): TestingError {
  return new TestingError(
    'CACHE_UNUSABLE',
    `The file ${path} cannot be locked: ${(cause as Error).message}.`,
    'Make room there, or set TMPDIR to another folder.',
    { cause },
  );
}
