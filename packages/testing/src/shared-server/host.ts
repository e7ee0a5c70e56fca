// A process of its own that runs one PostgreSQL server for all test processes of a machine: `node host.ts SOCKET`.
// It listens on a Unix socket. Every process that uses the server stays connected to it, so that however one ends, the
// host knows. The server ends when nobody uses it and no test runner is left that might; and with this process, always.
// A process whose runner was killed uses it no more: nobody reads what its tests find, and one of them may wait for ever.
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { startPostgresqlServer } from '../postgresql-server/index.ts';
import type { Greeting, Notice } from './protocol.ts';

/** How often it is looked whether a test runner still runs, in milliseconds. */
const interval = 50;
/** How long the server waits without users for a runner that still runs, in milliseconds. */
const patience = 60_000;
/** How long it waits for its first user. */
const firstPatience = 30_000;

const socketPath = process.argv[2] as string;
/** The processes that are connected, with their runners once they have told them. */
const users = new Map<Socket, number | undefined>();
/** Processes that run tests in threads or children of theirs. */
const runners = new Set<number>();
let kept = false;
let used = false;
/** When a server without users ends though a runner runs. */
let deadline = Date.now() + firstPatience;

const server = await startPostgresqlServer();
const greeting: Greeting = { url: server.url, version: server.version, host: process.pid };
const listener = createServer((socket) => {
  users.set(socket, undefined);
  used = true;
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    users.delete(socket);
    deadline = Date.now() + patience;
  });
  createInterface(socket).on('line', (line) => {
    const notice: Notice = JSON.parse(line);
    if ('runner' in notice) {
      runners.add(notice.runner);
      users.set(socket, notice.runner);
    } else kept = true;
  });
  socket.write(`${JSON.stringify(greeting)}\n`);
});
listener.listen(socketPath, () => process.stdout.write('ready\n'));

const watch = setInterval(() => {
  for (const runner of runners) if (!isRunning(runner)) runners.delete(runner);
  for (const [socket, runner] of users) {
    if (runner !== undefined && !runners.has(runner)) socket.destroy();
  }
  if (kept || users.size > 0) return;
  const expected = !used || runners.size > 0;
  if (!expected || Date.now() > deadline) void stop();
}, interval);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

async function stop(): Promise<void> {
  clearInterval(watch);
  listener.close();
  for (const socket of users.keys()) socket.destroy();
  await server.stop();
  process.exit();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ended, though its parent has not asked how: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}
