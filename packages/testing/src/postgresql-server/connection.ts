import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Runs `action` on a connection of its own. */
export async function withConnection<T>(url: string, action: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await action(client);
  } finally {
    await client.end();
  }
}

/** What connecting answers while a server starts: no socket, nobody listening, "starting up". */
const notYet = new Set(['ENOENT', 'ECONNREFUSED', '57P03']);

/** How long a server may take to start, in milliseconds: hundreds of times what it needs. */
const patience = 120_000;

/**
 * Waits until a server that was just started takes connections.
 *
 * @param signal ends the waiting early.
 * @returns its version, such as `18.4`.
 * @throws what connecting throws, when waiting does not help or has lasted too long.
 */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<string> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await withConnection(url, serverVersion);
    } catch (error) {
      const hopeless = !notYet.has((error as NodeJS.ErrnoException).code ?? '') || Date.now() > deadline;
      if (hopeless || signal.aborted) throw error;
      await sleep(10);
    }
  }
}

/** The server's version without what a distribution adds: `15.18`, not `15.18 (Debian 15.18-0+deb12u1)`. */
export async function serverVersion(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  return (rows[0]?.server_version ?? '').split(' ')[0] as string;
}
