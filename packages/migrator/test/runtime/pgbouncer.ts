import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSettings } from '../../src/runtime/open-driver.ts';

const program = '/usr/sbin/pgbouncer';

/** Debian's PgBouncer; CI has it, a person's machine may not. */
export const hasPgBouncer = existsSync(program);

export interface Pooler extends AsyncDisposable {
  /** A database of the server, by way of the pooler. */
  settings(direct: DatabaseSettings): DatabaseSettings;
}

/** PgBouncer refuses to be root. */
const NOBODY = 65534;

/** Starts PgBouncer in transaction mode before a server that is reached by its Unix socket. */
export async function startPgBouncer(server: DatabaseSettings, poolSize: number): Promise<Pooler> {
  if (server.dialect !== 'postgresql') throw new Error('PgBouncer is for PostgreSQL.');
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  chmodSync(folder, 0o777);
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    `[databases]
* = host=${server.host} port=${server.port} user=${server.user}
[pgbouncer]
listen_addr =
unix_socket_dir = ${folder}
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 200
ignore_startup_parameters = extra_float_digits
`,
  );
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn(program, [file], { stdio: ['ignore', 'pipe', 'pipe'], ...asNobody });
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGTERM');
    child.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  let said = '';
  const started = new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('process up')) resolve();
    });
    child.on('error', reject);
    ended.then(() => reject(new Error(`PgBouncer ended:\n${said}`)));
  });
  try {
    await started;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    settings: (direct) => ({ ...direct, host: folder, port: 6432 }) as DatabaseSettings,
    [Symbol.asyncDispose]: stop,
  };
}
