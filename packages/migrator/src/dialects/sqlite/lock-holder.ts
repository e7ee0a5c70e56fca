import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import type { LockHolder } from '../transaction.ts';

/**
 * Who writes, or keeps others from writing, a SQLite file, as far as the system tells: Linux lists the locks of files.
 *
 * Sources: proc_locks(5); SQLite's "File Locking And Concurrency" (a writer's lock is exclusive, with write-ahead logging
 * on the file `-shm`).
 *
 * @param files the database and the files beside it that may be locked instead; those that do not exist are left out.
 */
export function fileLockHolder(files: readonly string[]): LockHolder | null {
  const wanted = new Set(files.flatMap(deviceAndInode));
  const own = String(process.pid);
  for (const line of readLocks()) {
    const [, , , mode, pid, file] = line.trim().split(/\s+/);
    if (mode !== 'WRITE' || pid === undefined || pid === own || file === undefined) continue;
    if (Number(pid) <= 0 || !wanted.has(file)) continue;
    return { pid: Number(pid), host: hostname(), application: commandOf(pid), since: journalTime(files[0]) };
  }
  return null;
}

/** Nothing where the system has no such list, or does not show it. */
function readLocks(): readonly string[] {
  try {
    return readFileSync('/proc/locks', 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** As `/proc/locks` writes it: major and minor device number in hexadecimal, inode. */
function deviceAndInode(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  const major = (found.dev >> 8) & 0xfff;
  const minor = (found.dev & 0xff) | ((found.dev >> 12) & 0xfff00);
  const hex = (number: number) => number.toString(16).padStart(2, '0');
  return [`${hex(major)}:${hex(minor)}:${found.ino}`];
}

function commandOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return null;
  }
}

/** A writer begins its journal with the first page it changes. */
function journalTime(file: string | undefined): string | null {
  const journal = file === undefined ? undefined : statSync(`${file}-journal`, { throwIfNoEntry: false });
  return journal ? journal.birthtime.toISOString() : null;
}
