import { rmSync, statSync, writeFileSync } from 'node:fs';
import { betterSqlite3 } from './better-sqlite3.ts';

/** A lock that the operating system takes away from a process that has died. */
export interface FileLock {
  release(): void;
}

/**
 * Tries once to lock a file, which is made for the purpose and removed when the lock is released. What a killed process
 * leaves behind is an unlocked file.
 *
 * The lock is SQLite's own on an empty database: Node has no call for locks, and this one works on every system.
 *
 * @returns null while another process, or another part of this one, holds it.
 */
export async function tryLockFile(path: string): Promise<FileLock | null> {
  const Database = await betterSqlite3();
  for (;;) {
    const file = identity(path);
    if (file === null) {
      create(path);
      continue;
    }
    const database = new Database(path, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null;
      throw error;
    }
    // The one before may have removed it since: what is locked then is nobody's file any more.
    if (file === identity(path)) {
      return {
        release() {
          rmSync(path, { force: true });
          database.close();
        },
      };
    }
    database.close();
  }
}

function identity(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : null;
}

function create(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
