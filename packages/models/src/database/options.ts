import type { EntityClass, Options } from '@mikro-orm/core';
import type { AbstractSqlDriver } from '@mikro-orm/sql';
import { completeEnvironment, type Environment } from '../environment.ts';
import { absentRowsStep } from '../unit-of-work/absent-rows.ts';
import { CommitOutbox } from '../unit-of-work/commit-outbox.ts';
import { Creators } from '../unit-of-work/creators.ts';
import { FlushTransaction } from '../unit-of-work/flush-transaction.ts';
import { removalStep } from '../unit-of-work/removal.ts';
import {
  type DatabaseAddress,
  type PostgresqlAddress,
  parseDatabaseUrl,
  type SqliteAddress,
  type UrlContext,
} from './database-url.ts';
import { discoverEntities } from './discover-entities.ts';
import { PostgresNamingStrategy } from './naming-strategy.ts';
import { OrmLogger } from './orm-logger.ts';

export type DatabaseOptions = Partial<Options<AbstractSqlDriver>>;

export interface ResolveSettings extends Partial<UrlContext> {
  /** The entity classes; by default all of Freshmaker's. */
  readonly entities?: readonly EntityClass[];
  /** What the models get from outside; whatever is left out has a safe default. */
  readonly environment?: Partial<Environment>;
}

/**
 * The one set of MikroORM options for Freshmaker's database: used by services, tests and the command line alike.
 *
 * Connects to nothing, except that a PostgreSQL server on the network is asked whether it speaks SSL when the URL leaves
 * that open. Foreign keys are enforced on every SQLite connection (MikroORM's driver sets the pragma on connecting).
 *
 * @param database - a URL, or an address that `parseDatabaseUrl` has made of one.
 * @throws DatabaseUrlError when the URL cannot be understood.
 */
export async function resolveDatabaseOptions(
  database: string | DatabaseAddress,
  settings: ResolveSettings = {},
): Promise<DatabaseOptions> {
  const { cwd = process.cwd(), env = process.env } = settings;
  const address = typeof database === 'string' ? parseDatabaseUrl(database, { cwd, env }) : database;
  const connection =
    address.dialect === 'sqlite' ? await sqliteOptions(address) : await postgresqlOptions(address);
  const environment = completeEnvironment(settings.environment ?? {});
  return {
    ...connection,
    // The outbox is the last to hear of a flush: what it lets go is about rows that all others have written.
    subscribers: [
      new Creators(),
      new FlushTransaction([absentRowsStep(address.dialect), removalStep]),
      new CommitOutbox(environment),
    ],
    loggerFactory: (options) => new OrmLogger(options, environment),
    [address.dialect === 'sqlite' ? 'onCreateConnection' : 'onReserveConnection']: async () =>
      environment.count('db_engine_connect'),
    entities: [...(settings.entities ?? (await discoverEntities()))],
    namingStrategy: PostgresNamingStrategy,
    forceUtcTimezone: true,
    // A wrong name is an error; making databases is for `createdb`.
    ensureDatabase: false,
    initNullableProperties: true,
    // Managed entities propagate anyway; on prototypes it makes loading four times as slow.
    propagationOnPrototype: false,
    // One statement per relation, whatever the number of rows; joins would repeat an event for each of its builds.
    loadStrategy: 'select-in',
    metadataCache: { enabled: false },
    schemaGenerator: { skipTables: ['alembic_version'] },
  };
}

async function sqliteOptions({ path, busyTimeoutSeconds }: SqliteAddress): Promise<DatabaseOptions> {
  const { SqliteDriver } = await import('./sqlite-driver.ts');
  return {
    driver: SqliteDriver,
    dbName: path,
    driverOptions: busyTimeoutSeconds === undefined ? {} : { timeout: busyTimeoutSeconds * 1000 },
  };
}

async function postgresqlOptions(address: PostgresqlAddress): Promise<DatabaseOptions> {
  const [{ PostgreSqlDriver }, { postgresqlClientConfig }] = await Promise.all([
    import('@mikro-orm/postgresql'),
    import('./postgresql-client-config.ts'),
  ]);
  const { host, port, user, password, database, ...driverOptions } = await postgresqlClientConfig(address);
  return { driver: PostgreSqlDriver, host, port, user, password, dbName: database, driverOptions };
}
