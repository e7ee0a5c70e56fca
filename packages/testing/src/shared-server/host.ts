// A process of its own that runs one PostgreSQL server for all test processes of a machine: `node host.ts SOCKET`.
// It listens on a Unix socket. Every process that uses the server stays connected to it, so that however one ends, the
// host knows. The server ends when nobody uses it and no test runner is left that might; and with this process, always.
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
const users = new Set<Socket>();
/** Processes that run tests in threads or children of theirs. */
const runners = new Set<number>();
let kept = false;
let used = false;
/** When a server without users ends though a runner runs. */
let deadline = Date.now() + firstPatience;

const server = await startPostgresqlServer();
const greeting: Greeting = { url: server.url, version: server.version, host: process.pid };
const listener = createServer((socket) => {
  users.add(socket);
  used = true;
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    users.delete(socket);
    deadline = Date.now() + patience;
  });
  createInterface(socket).on('line', (line) => {
    const notice: Notice = JSON.parse(line);
    if ('runner' in notice) runners.add(notice.runner);
    else kept = true;
  });
  socket.write(`${JSON.stringify(greeting)}\n`);
});
listener.listen(socketPath, () => process.stdout.write('ready\n'));

const watch = setInterval(() => {
  for (const runner of runners) if (!isRunning(runner)) runners.delete(runner);
  if (kept || users.size > 0) return;
  const expected = !used || runners.size > 0;
  if (!expected || Date.now() > deadline) void stop();
}, interval);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

async function stop(): Promise<void> {
  clearInterval(watch);
  listener.close();
  for (const socket of users) socket.destroy();
  await server.stop();
  process.exit();
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
