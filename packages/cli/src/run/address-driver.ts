import { type Driver, openDriver, type Session } from '@freshmaker/migrator/engine';
import {
  type DatabaseAddress,
  describeDatabase,
  type PostgresqlAddress,
} from '@freshmaker/models/database-url';

/**
 * The database at an address, opened when it is first used: a command that turns out not to need it connects to nothing
 * and makes no file.
 */
export class AddressDriver implements Driver {
  readonly dialect;
  readonly description: string;
  readonly address: DatabaseAddress;
  #opened: Promise<Driver> | undefined;

  constructor(address: DatabaseAddress) {
    this.address = address;
    this.dialect = address.dialect;
    this.description = describeDatabase(address);
  }

  #open(): Promise<Driver> {
    this.#opened ??= open(this.address);
    return this.#opened;
  }

  async exists(): Promise<boolean> {
    return (await this.#open()).exists();
  }

  async create(): Promise<boolean> {
    return (await this.#open()).create();
  }

  async withSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    return (await this.#open()).withSession(work);
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await (await opened)?.close();
  }
}

async function open(address: DatabaseAddress): Promise<Driver> {
  return openDriver(address.dialect === 'sqlite' ? address : await postgresqlSettings(address));
}

async function postgresqlSettings(address: PostgresqlAddress) {
  const { postgresqlClientConfig } = await import('@freshmaker/models/postgresql-client-config');
  const config = await postgresqlClientConfig(address);
  const { host, port, user, password, database, ssl, options } = config;
  return {
    dialect: 'postgresql' as const,
    host,
    port,
    user,
    password,
    database,
    ssl: ssl as boolean | Readonly<Record<string, unknown>>,
    options,
    // What others see in pg_stat_activity while this program holds the migrators' lock.
    applicationName: config.application_name ?? 'freshmaker',
    connectTimeout: address.connectTimeoutSeconds,
  };
}
