import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { upgrade } from '@freshmaker/migrator/engine';
import { parseDatabaseUrl } from '@freshmaker/models';
import { migrationsDirectory } from '@freshmaker/models/migrations';
import { driverOf } from '../src/database.ts';

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
  let directory: string;
  let databaseUrl: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'freshmaker-main-'));
    databaseUrl = `sqlite:///${join(directory, 'main.db')}`;
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('says what to do when the database is not at head', async () => {
    const { code, stderr } = await start(databaseUrl);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The database is at no revision, 20 revision\(s\) behind fcba8824bf8d\.\n.*db upgrade/,
    );
    expect(stderr).not.toMatch(/ at .*\.ts:/);
  });

  test('answers requests, and ends when it is told to', async () => {
    const driver = await driverOf(parseDatabaseUrl(databaseUrl, { cwd: '/', env: {} }));
    await upgrade({ driver, scripts: { directory: migrationsDirectory } }, 'head');
    await driver.close();
    let health: unknown;
    const { code } = await start(databaseUrl, (text, stop) => {
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
