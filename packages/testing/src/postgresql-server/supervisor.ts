import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Account } from './account.ts';
import { PostgresqlServerError } from './error.ts';
import { initdbArguments, programEnvironment } from './settings.ts';

/**
 * Owns a server and its directory: makes the cluster, runs the server, and when either ends, removes all.
 *
 * A shell rather than this process, because it outlives this process: its standard input is a pipe whose
 * other end closes however this process ends, be it by `SIGKILL`. That is the only way a server is stopped.
 * The first line on standard input is the folder of PostgreSQL's programs; until then nothing is started.
 * A server that was only just started still ignores `SIGQUIT`, hence the loop.
 */
const script = `
directory=$1; shift
watcher=
trap '' HUP INT TERM PIPE
trap '[ -z "$watcher" ] || kill -KILL "$watcher" 2>/dev/null; rm -rf "$directory"' EXIT
fail() { tail -n 40 "$directory/log" >&2; exit 1; }

exec 3<&0 </dev/null
IFS= read -r programs <&3 || exit 0
"$programs/initdb" --pgdata="$directory/data" ${initdbArguments.join(' ')} >"$directory/log" 2>&1 || fail
"$programs/postgres" -D "$directory/data" "$@" >"$directory/log" 2>&1 3<&- &
server=$!
{ while IFS= read -r _; do :; done; while kill -QUIT "$server"; do sleep 0.1; done; } <&3 2>/dev/null &
watcher=$!
wait "$server"
fail
`;

/** A running shell that owns a server's directory. */
export interface Supervisor {
  /** Makes the cluster and starts the server with the programs in this folder. */
  start(programs: string): void;
  /** Rejects when the server ends before it was stopped, with what it wrote last. Never resolves. */
  readonly failed: Promise<never>;
  /** Ends the server at once and removes its directory. */
  stop(): Promise<void>;
}

/**
 * Starts the shell that owns `directory` from now on.
 *
 * @param serverArguments the arguments of `postgres` beside its data directory, `<directory>/data`.
 */
export function supervise(
  directory: string,
  serverArguments: readonly string[],
  account: Account | undefined,
): Supervisor {
  const shell = spawn('/bin/sh', ['-c', script, 'postgresql-supervisor', directory, ...serverArguments], {
    ...account,
    cwd: '/',
    env: programEnvironment(),
    // A session of its own: Ctrl-C reaches the test runner only, which may still need the server to clean up.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const exited = once(shell, 'close');
  const failed = failure(shell, exited);
  failed.catch(() => undefined); // Whoever waits for the server sees it; nobody may be waiting.
  shell.stdin?.on('error', () => undefined); // A shell that ended reads no more; `failed` says why it did.
  letProcessEnd(shell);

  return {
    failed,
    start: (programs) => void shell.stdin?.write(`${programs}\n`),
    async stop() {
      shell.ref();
      shell.stdin?.end();
      await exited;
      if (!existsSync(directory)) return;
      throw new PostgresqlServerError(
        'POSTGRESQL_STOP_FAILED',
        `The PostgreSQL server's directory ${directory} could not be removed.`,
        'Look for a server that still runs in it, then remove it.',
      );
    },
  };
}

async function failure(shell: ChildProcess, exited: Promise<unknown[]>): Promise<never> {
  let log = '';
  shell.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  await exited;
  throw new PostgresqlServerError(
    'POSTGRESQL_START_FAILED',
    `The PostgreSQL server ended by itself:\n${log.trimEnd()}`,
    'Its own messages above say why.',
  );
}

/** The server must not keep this process alive; the shell ends when this process does. */
function letProcessEnd(shell: ChildProcess): void {
  shell.unref();
  for (const stream of [shell.stdin, shell.stderr]) if (stream instanceof Socket) stream.unref();
}
