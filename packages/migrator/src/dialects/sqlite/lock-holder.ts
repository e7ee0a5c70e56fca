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
    return { pid: Number(pid), host: hostname(), application: commandOf(pid), since: since(pid, files[0]) };
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

/**
 * A writer begins its journal with the first page it changes; a run of the migrator has one for all its revisions. Where there
 * is one that a process before has left, the writer goes on in it: what it says is older than who holds the lock, and when
 * that one began is nowhere to be found.
 */
function since(pid: string, file: string | undefined): string | null {
  const journal = file === undefined ? undefined : statSync(`${file}-journal`, { throwIfNoEntry: false });
  const start = startOf(pid);
  if (!journal || start === null || journal.birthtimeMs < start) return null;
  return journal.birthtime.toISOString();
}

/** The clock that `/proc` counts by, whatever the kernel's own is: proc_pid_stat(5), `sysconf(_SC_CLK_TCK)`. */
const TICKS_PER_SECOND = 100;

/** When a process began, in milliseconds since the epoch, to a tick; null where the system does not say. */
function startOf(pid: string): number | null {
  try {
    // Behind the name, which may hold anything, the 20th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const uptime = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
    const start = Date.now() - (uptime - Number(fields[19]) / TICKS_PER_SECOND) * 1000;
    return Number.isFinite(start) ? start : null;
  } catch {
    return null;
  }
}
