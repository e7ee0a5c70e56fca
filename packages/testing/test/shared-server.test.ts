import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describePostgresql } from '../../../tooling/jest/postgresql.ts';

const module = JSON.stringify(import.meta.resolve('../src/shared-server/client.ts'));

/** A process of its own that uses the shared server until its standard input ends, or it is killed. */
async function user(directory: string) {
  const script = `
    const { sharedServer } = await import(${module});
    const server = await sharedServer();
    process.stdout.write(JSON.stringify({ host: server.host, url: server.url }) + '\\n');
    process.stdin.resume().on('end', () => server.release());
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: directory },
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, ...(JSON.parse(line) as { host: number; url: string }) };
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function soonGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200 && isRunning(pid); tries += 1) await sleep(50);
  return !isRunning(pid);
}

describePostgresql('the shared server', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp('/tmp/shared-');
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('is one for all processes that ask at once, and ends when the last of them does', async () => {
    const users = await Promise.all([user(directory), user(directory), user(directory)]);
    const [first] = users;
    expect(new Set(users.map(({ host }) => host)).size).toBe(1);
    expect(new Set(users.map(({ url }) => url)).size).toBe(1);
    for (const { child } of users.slice(1)) {
      child.stdin.end();
      await once(child, 'exit');
    }
    expect(isRunning(first?.host as number)).toBe(true);
    first?.child.stdin.end();
    expect(await soonGone(first?.host as number)).toBe(true);
  });

  test('ends when its users are killed', async () => {
    const { child, host } = await user(directory);
    child.kill('SIGKILL');
    expect(await soonGone(host)).toBe(true);
  });

  test('ends when the runner of its users is killed, though a test of theirs waits for ever', async () => {
    const worker = `
      const { sharedServer } = await import(${module});
      const server = await sharedServer();
      process.stdout.write(JSON.stringify({ host: server.host, pid: process.pid }) + '\\n');
      setInterval(() => undefined, 2 ** 30);
    `;
    const runner = `require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', process.argv[1]], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })`;
    const child = spawn(process.execPath, ['-e', runner, worker], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: directory },
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    const { host, pid } = JSON.parse(line) as { host: number; pid: number };
    try {
      child.kill('SIGKILL');
      expect(await soonGone(host)).toBe(true);
      expect(isRunning(pid)).toBe(true);
    } finally {
      process.kill(pid);
    }
  });

  test('is started anew after its host was killed', async () => {
    const one = await user(directory);
    process.kill(one.host, 'SIGKILL');
    expect(await soonGone(one.host)).toBe(true);
    const two = await user(directory);
    expect(two.host).not.toBe(one.host);
    one.child.kill();
    two.child.kill();
    expect(await soonGone(two.host)).toBe(true);
  });

  test('is started anew when it ends while somebody connects', async () => {
    const first = await user(directory);
    const path = socketIn(directory);
    first.child.stdin.end();
    expect(await soonGone(first.host)).toBe(true);
    // In its place one that takes no connection any more.
    const ending = spawn(process.execPath, ['-e', listen, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(ending.stdout, 'data');
    ending.kill('SIGSTOP');
    const second = user(directory);
    while (connectionsTo(path) === 0) await sleep(10);
    ending.kill('SIGKILL');
    const { child, host } = await second;
    child.stdin.end();
    expect(await soonGone(host)).toBe(true);
  });
});

const listen = `require('node:net').createServer().listen(process.argv[1], () => process.stdout.write('ready'))`;

function socketIn(directory: string): string {
  const [folder] = readdirSync(directory);
  const path = join(directory, folder as string);
  return join(path, readdirSync(path).find((name) => name.endsWith('.sock')) as string);
}

/** Connections to a Unix socket beside the one that listens, as the kernel tells. */
function connectionsTo(path: string): number {
  const lines = readFileSync('/proc/net/unix', 'utf8').split('\n');
  return lines.filter((line) => line.endsWith(` ${path}`)).length - 1;
}
