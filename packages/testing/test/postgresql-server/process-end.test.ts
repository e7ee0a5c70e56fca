import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describePostgresql } from '../../../../tooling/jest/postgresql.ts';

const script = join(import.meta.dirname, 'end-process.ts');

async function startInProcess(when: string): Promise<{ child: ChildProcess; directory: string }> {
  const child = spawn(process.execPath, [script, when], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [directory] = await once(createInterface(child.stdout), 'line');
  return { child, directory };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Waits, but not for ever: a failure shows as what is still there. */
async function soon(expected: boolean, isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200 && isSo() !== expected; tries += 1) await sleep(50);
  return isSo();
}

describePostgresql('a server that its process does not stop', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'leaves nothing when %s ends the process',
    async (signal) => {
      const { child, directory } = await startInProcess('wait');
      const pid = Number.parseInt(readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8'), 10);
      expect(isRunning(pid)).toBe(true);
      child.kill(signal);
      expect(await soon(false, () => isRunning(pid))).toBe(false);
      expect(await soon(false, () => existsSync(directory))).toBe(false);
    },
  );

  test.each([
    ['has nothing more to do', 'idle'],
    ['exits', 'exit'],
    ['ends before the server is started', 'before-start'],
    ['ends while the server is starting', 'while-starting'],
  ])('leaves nothing when the process %s', async (_, when) => {
    const { child, directory } = await startInProcess(when);
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect(await soon(false, () => existsSync(directory))).toBe(false);
  });
});
