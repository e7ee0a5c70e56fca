import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { cacheDirectory } from '../content/cache-directory.ts';
import { hashParts } from '../content/content-hash.ts';
import { withFileLock } from '../content/file-lock.ts';
import { TestingError } from '../error.ts';
import { embeddedFolder } from '../postgresql-server/embedded-binaries.ts';
import type { Greeting, Notice } from './protocol.ts';

/** A server that all test processes of this user on this machine share. */
export interface SharedServer extends Greeting {
  /** Lets the server outlive the tests, until somebody ends the host process. */
  keep(): void;
  /** This process needs it no more. */
  release(): void;
}

const self = fileURLToPath(import.meta.url);
const hostScript = fileURLToPath(new URL(`host${extname(self)}`, import.meta.url));

/**
 * The shared server, started when there is none yet.
 *
 * @throws PostgresqlServerError `POSTGRESQL_BINARIES_MISSING`; TestingError `SHARED_SERVER_FAILED` with what it said.
 */
export async function sharedServer(): Promise<SharedServer> {
  // Other binaries are another server.
  const name = `postgresql-${hashParts([embeddedFolder(), hostScript]).slice(0, 8)}`;
  const path = socketPath(name);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const socket = (await tryConnect(path)) ?? (await startAndConnect(name, path));
    const greeting = socket && (await greet(socket));
    if (socket === undefined || greeting === undefined) continue;
    const tell = (notice: Notice) => void socket.write(`${JSON.stringify(notice)}\n`);
    tell({ runner: runnerProcess() });
    return { ...greeting, keep: () => tell({ keep: true }), release: () => void socket.end() };
  }
  throw new TestingError(
    'SHARED_SERVER_FAILED',
    'The shared PostgreSQL server ended each time it was connected to.',
    'Run the tests again, or name a running server in FRESHMAKER_TEST_POSTGRESQL_URL.',
  );
}

/** Room for a Unix socket's path on every system, its closing zero left out: https://man7.org/linux/man-pages/man7/unix.7.html. */
const pathLength = 103;

function socketPath(name: string): string {
  const path = join(cacheDirectory(), `${name}.sock`);
  if (Buffer.byteLength(path) <= pathLength) return path;
  throw new TestingError(
    'SHARED_SERVER_FAILED',
    `The path ${path} is longer than ${pathLength} bytes, too long for the socket of the shared PostgreSQL server.`,
    'Set TMPDIR to a folder with a shorter name.',
  );
}

/** The server ends when its last user does, be somebody just connecting: then another one is started. */
const attempts = 5;

async function startAndConnect(name: string, path: string): Promise<Socket | undefined> {
  return withFileLock(name, async () => {
    const running = await tryConnect(path);
    if (running) return running;
    rmSync(path, { force: true });
    await startHost(path);
    return tryConnect(path);
  });
}

/** The process whose end is the end of the test run: a runner that started this process for it, or this one. */
function runnerProcess(): number {
  const startedByRunner = process.send !== undefined || process.env.NODE_TEST_CONTEXT !== undefined;
  return isMainThread && startedByRunner ? process.ppid : process.pid;
}

async function tryConnect(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
    throw error;
  }
  socket.unref();
  socket.on('error', () => undefined); // A host that has gone is noticed by the next query.
  return socket;
}

/** @returns undefined when the host ends before it says anything. */
async function greet(socket: Socket): Promise<Greeting | undefined> {
  socket.ref();
  const lines = createInterface(socket);
  const line = await new Promise<string | undefined>((resolve) => {
    lines.once('line', resolve);
    lines.on('error', () => undefined); // The socket's own, whose end is waited for.
    socket.once('close', () => resolve(undefined));
  });
  lines.close();
  socket.resume().unref();
  return line === undefined ? undefined : JSON.parse(line);
}

async function startHost(path: string): Promise<void> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const host = spawn(process.execPath, [hostScript, path], {
    // A session of its own: Ctrl-C reaches the test runner only, after which the host ends by itself.
    detached: true,
    cwd: '/',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  host.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = await Promise.race([once(host.stdout, 'data'), once(host, 'close').then(() => true)]);
  host.stdout.destroy();
  host.stderr.destroy();
  host.unref();
  if (ended !== true) return;
  throw new TestingError(
    'SHARED_SERVER_FAILED',
    `The shared PostgreSQL server does not start: ${said.trim()}`,
    `Start ${hostScript} by hand to see more, or name a running server in FRESHMAKER_TEST_POSTGRESQL_URL.`,
  );
}
