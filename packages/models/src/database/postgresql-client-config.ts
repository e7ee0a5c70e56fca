import { existsSync, readFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { DatabaseUrlError, type PostgresqlAddress } from './database-url.ts';

/** The part of `pg`'s configuration of a client that follows from an address. */
export interface PostgresqlClientConfig {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  readonly ssl: false | ConnectionOptions;
  readonly options?: string;
  readonly application_name?: string;
  readonly connectionTimeoutMillis?: number;
  readonly enableChannelBinding: boolean;
}

/**
 * Turns an address into what `pg` needs, following libpq: the server of this machine is reached by its socket where
 * there is one, SSL is not used on sockets, and `prefer` (and `allow`) ask the server whether it speaks SSL.
 *
 * @throws DatabaseUrlError when a certificate or a key cannot be read.
 */
export async function postgresqlClientConfig(address: PostgresqlAddress): Promise<PostgresqlClientConfig> {
  const host = address.host ?? localHost(address.port);
  return {
    host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    ssl: host.startsWith('/') ? false : await sslOptions(address, host),
    options: address.options,
    application_name: address.applicationName,
    connectionTimeoutMillis:
      address.connectTimeoutSeconds === undefined ? undefined : address.connectTimeoutSeconds * 1000,
    enableChannelBinding: address.channelBinding,
  };
}

function localHost(port: number): string {
  const directories = ['/var/run/postgresql', '/tmp'];
  return directories.find((directory) => existsSync(`${directory}/.s.PGSQL.${port}`)) ?? 'localhost';
}

async function sslOptions(address: PostgresqlAddress, host: string): Promise<false | ConnectionOptions> {
  const { mode, rootCertificate, certificate, key } = address.ssl;
  if (mode === 'disable') {
    return false;
  }
  const ca =
    rootCertificate === undefined || rootCertificate === 'system'
      ? undefined
      : read(rootCertificate, 'root certificate');
  const common: ConnectionOptions = {
    ca,
    cert: certificate === undefined ? undefined : read(certificate, 'certificate'),
    key: key === undefined ? undefined : read(key, 'key'),
  };
  switch (mode) {
    case 'allow':
    case 'prefer':
      return (await speaksSsl(host, address)) ? { ...common, rejectUnauthorized: false } : false;
    case 'require':
      // libpq: with a root certificate at hand, `require` verifies as `verify-ca` does.
      return ca === undefined
        ? { ...common, rejectUnauthorized: false }
        : { ...common, rejectUnauthorized: true, checkServerIdentity: () => undefined };
    case 'verify-ca':
      return { ...common, rejectUnauthorized: true, checkServerIdentity: () => undefined };
    case 'verify-full':
      return { ...common, rejectUnauthorized: true };
  }
}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DatabaseUrlError(
      `The ${what} ${path} cannot be read: ${(cause as NodeJS.ErrnoException).code}.`,
      'Correct sslrootcert, sslcert or sslkey in the database URL.',
    );
  }
}

/** The first message of PostgreSQL's protocol when a client would like SSL: its length, then a number that means just that. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Asks a server, before any log-in, whether it speaks SSL. One that cannot be reached says no: connecting will tell why. */
function speaksSsl(host: string, address: PostgresqlAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket({
      host,
      port: address.port,
      timeout: (address.connectTimeoutSeconds ?? 10) * 1000,
    });
    const answer = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => socket.write(sslRequest));
    socket.once('data', (data) => answer(data[0] === 'S'.charCodeAt(0)));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}
