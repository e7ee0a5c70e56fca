import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { downgrade } from '@freshmaker/migrator/engine';
import { migrationsDirectory } from '@freshmaker/models/migrations';
import { createTestDatabase } from '@freshmaker/testing';

const main = join(import.meta.dirname, '../src/main.ts');

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Starts the program; `onLog` gets what it writes to its log. */
function start(
  databaseUrl: string,
  onLog: (text: string, stop: () => void) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=@freshmaker/source', main], {
    env: { PATH: process.env.PATH, FRESHMAKER_DATABASE_URL: databaseUrl, PORT: '0' },
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  child.stdout.on('data', (data) => onLog(String(data), () => child.kill('SIGTERM')));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

describe('the program', () => {
  test('says what to do when the database is not at head', async () => {
    await using db = await createTestDatabase({ file: true });
    await downgrade({ driver: db.driver, scripts: { directory: migrationsDirectory } }, 'base');
    const { code, stderr } = await start(db.url as string);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The database is at no revision, 20 revision\(s\) behind fcba8824bf8d\.\n.*db upgrade/,
    );
    expect(stderr).not.toMatch(/ at .*\.ts:/);
  });

  test('answers requests, and ends when it is told to', async () => {
    await using db = await createTestDatabase({ file: true });
    let health: unknown;
    const { code } = await start(db.url as string, (text, stop) => {
      const address = /Server listening at (http:\S+?)"/.exec(text)?.[1];
      if (address !== undefined && health === undefined) {
        health = fetch(`${address}/health`)
          .then((response) => response.json())
          .finally(stop);
      }
    });
    expect(await health).toEqual({ status: 'ok', revisions: ['fcba8824bf8d'] });
    expect(code).toBe(0);
  });
});
