import { PostgresqlTestServer } from './postgresql-server.ts';

/** How long a server nobody uses is kept for the next suite of this process, in milliseconds. */
const patience = 1000;

let users = 0;
let server: Promise<PostgresqlTestServer> | undefined;

/** The server of this process, connected to by its first user; give it back with {@link releaseServer}. */
export async function acquireServer(): Promise<PostgresqlTestServer> {
  users += 1;
  server ??= connect();
  const asked = server;
  try {
    const acquired = await asked;
    acquired.ref();
    return acquired;
  } catch (error) {
    users -= 1;
    if (server === asked) server = undefined;
    throw error;
  }
}

/** A connection that is lost is lost to those who use it; the next one gets another. */
function connect(): Promise<PostgresqlTestServer> {
  const connected = PostgresqlTestServer.connect(() => {
    if (server === connected) server = undefined;
  });
  return connected;
}

/** Once nobody uses the server it does not keep this process alive, and is soon disconnected from. */
export async function releaseServer(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  const released = server;
  (await released)?.unref();
  setTimeout(async () => {
    if (users > 0 || server !== released) return;
    server = undefined;
    await (await released)?.close();
  }, patience).unref();
}
