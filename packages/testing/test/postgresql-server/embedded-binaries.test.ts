import { chmod, cp, mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePostgresql } from '../../../../tooling/jest/postgresql.ts';
import { serverAccount } from '../../src/postgresql-server/account.ts';
import { makeDirectory } from '../../src/postgresql-server/directory.ts';
import { copyEmbedded, embeddedFolder, restoreLinks } from '../../src/postgresql-server/embedded-binaries.ts';
import { whyNotRunnable } from '../../src/postgresql-server/run-check.ts';

describePostgresql('the embedded binaries', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'embedded-binaries-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('links that npm left out are made, by many at once and again', async () => {
    await mkdir(join(folder, 'lib'));
    await writeFile(join(folder, 'lib', 'libpq.so.5.18'), 'library');
    await writeFile(
      join(folder, 'pg-symlinks.json'),
      JSON.stringify([
        { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
        { source: 'native/lib/libpq.so.5.18', target: 'native/libpq.so' },
      ]),
    );
    await Promise.all(Array.from({ length: 10 }, () => restoreLinks(folder)));
    await restoreLinks(folder);
    expect(await readlink(join(folder, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readFile(join(folder, 'libpq.so'), 'utf8')).toBe('library');
  });

  test('binaries out of reach or without links run from a copy', async () => {
    const account = serverAccount();
    const installed = join(folder, 'native');
    await cp(embeddedFolder(), installed, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !/[.]so([.][0-9]+)?$/.test(file) || !file.includes('libicu'),
    });
    await chmod(folder, 0o700);
    expect(await whyNotRunnable(join(installed, 'bin'), account)).toBeInstanceOf(Error);

    const directory = await makeDirectory(account, true);
    try {
      const copy = await copyEmbedded(installed, join(directory, 'copy'), account);
      expect(await whyNotRunnable(join(copy, 'bin'), account)).toBeUndefined();
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
