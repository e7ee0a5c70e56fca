import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileOf } from '../dialects/sqlite/transaction.ts';
import { copySqliteFile } from '../driver/copy-sqlite-file.ts';
import type { Session } from '../driver/driver.ts';

const PARTIAL = /\.before-.+\.partial-(\d+)$/;

/**
 * Copies a SQLite file beside itself, as it is now: `<file>.before-<revision>-<UTC time>`. The copy appears under that name
 * only when it is complete; what a killed run left half written is removed.
 *
 * @param session a transaction that has changed nothing yet: nobody else changes anything meanwhile.
 * @returns the path of the copy, null for a database in memory.
 */
export async function backUp(session: Session, revision: string): Promise<string | null> {
  const file = await fileOf(session);
  if (file === null) return null;
  removeLeftOvers(file);
  const copy = freeName(`${file}.before-${revision}-${timestamp()}`);
  const partial = `${copy}.partial-${process.pid}`;
  try {
    await copySqliteFile(file, partial);
    renameSync(partial, copy);
  } finally {
    rmSync(partial, { force: true });
  }
  return copy;
}

/** `2026-01-31T235959Z`: a time that is a file's name everywhere. */
function timestamp(): string {
  return new Date()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
}

function freeName(path: string): string {
  for (let number = 0; ; number++) {
    const name = number === 0 ? path : `${path}-${number}`;
    if (!existsSync(name)) return name;
  }
}

function removeLeftOvers(file: string): void {
  const folder = dirname(file);
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(`${basename(file)}.before-`) ? PARTIAL.exec(name)?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
