import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';

/** Where a database is, with nothing left to guess: plain data, made by `parseDatabaseUrl`. */
export type DatabaseAddress = SqliteAddress | PostgresqlAddress;

export interface SqliteAddress {
  readonly dialect: 'sqlite';
  /** An absolute path, or `:memory:`. */
  readonly path: string;
  /** How long a statement waits for a locked file, in seconds; undefined for the driver's own rule. */
  readonly busyTimeoutSeconds?: number;
}

export interface PostgresqlAddress {
  readonly dialect: 'postgresql';
  /** A host name, an IP address or the directory of a Unix socket; null for the server of this machine. */
  readonly host: string | null;
  readonly port: number;
  readonly user: string;
  /** Undefined where neither URL nor environment has one: `pg` then looks into the password file (`~/.pgpass`). */
  readonly password?: string;
  readonly database: string;
  readonly ssl: PostgresqlSsl;
  /** Command-line options for the server's session, as in `-c search_path=x`. */
  readonly options?: string;
  readonly applicationName?: string;
  /** Undefined for no limit. */
  readonly connectTimeoutSeconds?: number;
  readonly channelBinding: boolean;
}

export type SslMode = (typeof sslModes)[number];

export interface PostgresqlSsl {
  readonly mode: SslMode;
  /** Paths of files in PEM form; `system` as root certificate means those of the operating system. */
  readonly rootCertificate?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** What a URL is read against. */
export interface UrlContext {
  /** The directory that relative SQLite paths start from. */
  readonly cwd: string;
  /** The environment whose `PG*` variables fill what a PostgreSQL URL leaves out. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A database URL that cannot be understood. Neither message nor hint repeats any part that could hold a password. */
export class DatabaseUrlError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly hint: string;

  constructor(message: string, hint: string = forms) {
    super(message);
    this.name = 'DatabaseUrlError';
    this.hint = hint;
  }
}

const forms =
  'Use sqlite:///relative.db, sqlite:////absolute.db, sqlite:// (in memory) or postgresql://user:password@host:5432/database.';
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** What libpq knows and `pg` has no counterpart for, and that changes no meaning when it is left away. */
const ignoredParameters: ReadonlySet<string> = new Set([
  'client_encoding',
  'gssencmode',
  'keepalives',
  'keepalives_count',
  'keepalives_idle',
  'keepalives_interval',
  'sslcompression',
  'tcp_user_timeout',
]);

/**
 * Reads a database URL in the forms that SQLAlchemy and libpq accept.
 *
 * SQLite: `sqlite:///relative.db`, `sqlite:////absolute.db`, `sqlite://` and `sqlite:///:memory:`; the path is taken as it
 * stands, without percent-decoding, as SQLAlchemy does. PostgreSQL: `postgresql://`, `postgres://`, any `+driver`, every
 * part percent-decoded, libpq's query parameters (which win over the same part before them) and `PG*` variables.
 *
 * @throws DatabaseUrlError when it is empty, malformed, of an unknown scheme, or names an unknown parameter.
 */
export function parseDatabaseUrl(url: string, context: UrlContext): DatabaseAddress {
  if (url.trim() === '') {
    throw new DatabaseUrlError('The database URL is empty.');
  }
  const match = /^([a-z][a-z0-9.-]*)(?:\+[a-z0-9_]+)?:\/\/(.*)$/is.exec(url.trim());
  if (match === null) {
    throw new DatabaseUrlError('The database URL has no scheme.');
  }
  const [, scheme = '', rest = ''] = match;
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      return parseSqlite(rest, context.cwd);
    case 'postgresql':
    case 'postgres':
      return parsePostgresql(rest, context.env);
    default:
      throw new DatabaseUrlError(
        `The database URL has the unknown scheme "${scheme}"; known are sqlite, postgresql and postgres.`,
      );
  }
}

/** A name for a database in messages; never a password. */
export function describeDatabase(address: DatabaseAddress): string {
  if (address.dialect === 'sqlite') {
    return address.path === ':memory:' ? 'SQLite database in memory' : `SQLite file ${address.path}`;
  }
  const { host, port, user, database } = address;
  const place = host === null ? 'this machine' : host.includes(':') ? `[${host}]` : host;
  return `PostgreSQL database "${database}" at ${place}${port === 5432 ? '' : `:${port}`} as user "${user}"`;
}

function parseSqlite(rest: string, cwd: string): SqliteAddress {
  const [location = '', query = ''] = split(rest, '?');
  if (location !== '' && !location.startsWith('/')) {
    throw new DatabaseUrlError(
      'A SQLite URL has no host: three slashes before a relative path, four for an absolute one.',
    );
  }
  const path = location.slice(1);
  const parameters = new URLSearchParams(query);
  const busyTimeoutSeconds = positiveNumber(parameters.get('timeout'), 'timeout');
  for (const name of parameters.keys()) {
    // Both are settings of Python's driver that mean nothing here.
    if (!['timeout', 'check_same_thread', 'isolation_level'].includes(name)) {
      throw unknownParameter(name, 'timeout');
    }
  }
  return {
    dialect: 'sqlite',
    path: path === '' || path === ':memory:' ? ':memory:' : resolve(cwd, path),
    ...(busyTimeoutSeconds === undefined ? {} : { busyTimeoutSeconds }),
  };
}

const postgresqlParts =
  /^(?:(?<user>[^:/?]*)(?::(?<password>[^?]*))?@)?(?:\[(?<ipv6>[^\]?]+)\]|(?<host>[^/:?[\]@]*))(?::(?<port>[^/?]*))?(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?$/s;

function parsePostgresql(rest: string, env: UrlContext['env']): PostgresqlAddress {
  const parts = postgresqlParts.exec(rest)?.groups;
  if (parts === undefined) {
    throw new DatabaseUrlError(
      'The PostgreSQL URL is malformed.',
      'Percent-encode the characters : / ? @ [ ] inside a user name, a password or a database name.',
    );
  }
  const query = new PostgresqlParameters(parts.query ?? '');
  const find = (part: string | undefined, parameter: string, variable: string): string | undefined =>
    [query.take(parameter), part === undefined ? undefined : decode(part), env[variable]].find(isFilled);

  const user = find(parts.user, 'user', 'PGUSER') ?? env.USER ?? env.USERNAME ?? userInfo().username;
  const address: PostgresqlAddress = {
    dialect: 'postgresql',
    host: oneHost(find(parts.ipv6 ?? parts.host, 'host', 'PGHOST')),
    port: portNumber(find(parts.port, 'port', 'PGPORT')),
    user,
    password: find(parts.password, 'password', 'PGPASSWORD'),
    database: find(parts.database, 'dbname', 'PGDATABASE') ?? user,
    ssl: {
      mode: sslMode(find(undefined, 'sslmode', 'PGSSLMODE')),
      rootCertificate: home(find(undefined, 'sslrootcert', 'PGSSLROOTCERT'), env),
      certificate: home(find(undefined, 'sslcert', 'PGSSLCERT'), env),
      key: home(find(undefined, 'sslkey', 'PGSSLKEY'), env),
    },
    options: find(undefined, 'options', 'PGOPTIONS'),
    applicationName: find(undefined, 'application_name', 'PGAPPNAME'),
    connectTimeoutSeconds: positiveNumber(
      find(undefined, 'connect_timeout', 'PGCONNECT_TIMEOUT'),
      'connect_timeout',
    ),
    channelBinding: find(undefined, 'channel_binding', 'PGCHANNELBINDING') === 'require',
  };
  query.end();
  return address;
}

/** The query of a URL; every parameter has to be taken by someone. */
class PostgresqlParameters {
  readonly #values: URLSearchParams;
  readonly #known = new Set<string>();

  constructor(query: string) {
    this.#values = new URLSearchParams(query);
  }

  take(name: string): string | undefined {
    this.#known.add(name);
    const values = this.#values.getAll(name);
    if (values.length > 1) {
      throw new DatabaseUrlError(`The database URL has the parameter "${name}" more than once.`, 'Keep one.');
    }
    return values[0];
  }

  end(): void {
    for (const name of this.#values.keys()) {
      if (!this.#known.has(name) && !ignoredParameters.has(name)) {
        throw unknownParameter(name, [...this.#known].join(', '));
      }
    }
  }
}

function unknownParameter(name: string, known: string): DatabaseUrlError {
  // What does not look like a parameter's name may be the end of a password that holds a question mark.
  const shown = /^[a-z_]{1,40}$/.test(name) ? ` "${name}"` : '';
  return new DatabaseUrlError(
    `The database URL has an unknown parameter${shown}.`,
    `Known parameters: ${known}.`,
  );
}

function oneHost(host: string | undefined): string | null {
  if (host?.includes(',')) {
    throw new DatabaseUrlError(
      'The database URL names several hosts; one is needed.',
      'Name the primary server.',
    );
  }
  return host ?? null;
}

function portNumber(text: string | undefined): number {
  if (text === undefined) {
    return 5432;
  }
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) {
    throw new DatabaseUrlError(
      'The port of the database URL is no number from 1 to 65535.',
      'Percent-encode the characters : / ? @ [ ] inside a user name or a password.',
    );
  }
  return port;
}

function sslMode(text: string | undefined): SslMode {
  const mode = sslModes.find((known) => known === (text ?? 'prefer'));
  if (mode === undefined) {
    throw new DatabaseUrlError(
      'The sslmode of the database URL is unknown.',
      `Use one of ${sslModes.join(', ')}.`,
    );
  }
  return mode;
}

/** libpq's rule: zero, a negative number and nothing at all mean no limit. */
function positiveNumber(text: string | null | undefined, parameter: string): number | undefined {
  const value = text === null || text === undefined ? 0 : Number(text);
  if (Number.isNaN(value)) {
    throw new DatabaseUrlError(
      `The parameter "${parameter}" of the database URL is no number.`,
      'Use seconds.',
    );
  }
  return value > 0 ? value : undefined;
}

function home(path: string | undefined, env: UrlContext['env']): string | undefined {
  return path?.replace(/^~(?=\/)/, env.HOME ?? homedir());
}

/** As SQLAlchemy's: a percent sign that starts no escape stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
