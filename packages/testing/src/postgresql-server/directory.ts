import { chown, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';

const memoryDisk = '/dev/shm';
/** A new cluster takes 40 MB; containers often have a memory disk of 64 MB. */
const bytesNeeded = 1024 ** 3;

/**
 * Makes an empty directory for a server that only `account` can enter: in memory where there is room, else
 * in the temporary directory.
 *
 * @param executable whether programs must run from it: a memory disk is often mounted `noexec`.
 */
export async function makeDirectory(account: Account | undefined, executable: boolean): Promise<string> {
  const parent = !executable && (await bytesFree(memoryDisk)) >= bytesNeeded ? memoryDisk : tmpdir();
  const directory = await mkdtemp(join(parent, 'freshmaker-postgresql-'));
  if (account) await chown(directory, account.uid, account.gid);
  return directory;
}

async function bytesFree(path: string): Promise<number> {
  return statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0, // There is no such disk on this machine.
  );
}
