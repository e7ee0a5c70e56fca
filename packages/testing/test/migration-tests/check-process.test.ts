import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const module = JSON.stringify(import.meta.resolve('../../src/migration-tests/check-process.ts'));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'check-process-'));
  mkdirSync(join(directory, 'versions'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('ends with the run that is killed, whatever a script is doing', async () => {
  const told = join(directory, 'pid');
  const path = join(directory, 'versions', 'aaaa_wait.mjs');
  writeFileSync(
    path,
    `/** Wait for ever */
import { writeFileSync } from 'node:fs';
export const revision = 'aaaa';
export const downRevision = null;
export function upgrade(op) {
  op.run(async () => {
    writeFileSync(${JSON.stringify(told)}, String(process.pid));
    await new Promise((resolve) => setInterval(resolve, 2 ** 30));
  });
}
export function downgrade() {}
`,
  );
  const check = { kind: 'roundTrip', path, values: {}, losses: {} };
  const script = `
    const { CheckProcess } = await import(${module});
    const subject = { scripts: { directory: ${JSON.stringify(directory)} }, engine: 'sqlite' };
    await new CheckProcess(subject).run(${JSON.stringify(check)});
  `;
  const run = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  while (!existsSync(told) || readFileSync(told, 'utf8') === '') await sleep(20);
  const pid = Number(readFileSync(told, 'utf8'));
  expect(isRunning(pid)).toBe(true);
  run.kill('SIGKILL');
  for (let tries = 0; tries < 200 && isRunning(pid); tries += 1) await sleep(50);
  expect(isRunning(pid)).toBe(false);
}, 60_000);
