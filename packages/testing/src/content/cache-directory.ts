import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { TestingError } from '../error.ts';

/**
 * The folder that all test processes of one user share on a machine: built schemas, locks and the socket of the shared
 * server. Nobody else can enter it; what is in it may be deleted at any time.
 *
 * @throws TestingError `TEST_OPTIONS_INVALID` when somebody else owns a folder of that name.
 */
export function cacheDirectory(): string {
  // A container may run as a user whom the system does not know by name.
  const uid = process.getuid?.();
  const directory = join(tmpdir(), `freshmaker-testing-${uid ?? userInfo().username}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = lstatSync(directory);
  if (uid !== undefined && owner !== uid) {
    throw new TestingError(
      'TEST_OPTIONS_INVALID',
      `The folder ${directory} belongs to another user.`,
      'Remove it, or set TMPDIR to a folder of your own.',
    );
  }
  if ((mode & 0o077) !== 0 && uid !== undefined) chmodSync(directory, 0o700);
  return directory;
}
