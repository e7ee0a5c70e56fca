import { chown, mkdtemp, readFile, statfs } from 'node:fs/promises';
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
 * @param executable whether programs must run from it.
 */
export async function makeDirectory(account: Account | undefined, executable: boolean): Promise<string> {
  const inMemory = (await hasRoom(memoryDisk)) && !(executable && (await forbidsPrograms(memoryDisk)));
  const directory = await mkdtemp(join(inMemory ? memoryDisk : tmpdir(), 'freshmaker-postgresql-'));
  if (account) await chown(directory, account.uid, account.gid);
  return directory;
}

async function hasRoom(disk: string): Promise<boolean> {
  return statfs(disk).then(
    ({ bavail, bsize }) => bavail * bsize >= bytesNeeded,
    () => false, // There is no such disk on this machine.
  );
}

async function forbidsPrograms(disk: string): Promise<boolean> {
  return isMountedNoexec(await readFile('/proc/self/mounts', 'utf8'), disk);
}

/** @param mounts lines of `device mountPoint type option,option,… 0 0`, as the Linux kernel tells them. */
export function isMountedNoexec(mounts: string, mountPoint: string): boolean {
  const mount = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast((fields) => fields[1] === mountPoint);
  return mount?.[3]?.split(',').includes('noexec') ?? false;
}
