import { assertAtHead, current, type Driver, KyselyDriver, openDriver } from '@freshmaker/migrator/engine';
import { connect, type DatabaseAddress, describeDatabase, type Environment } from '@freshmaker/models';
import { migrationsDirectory } from '@freshmaker/models/migrations';
import { postgresqlClientConfig } from '@freshmaker/models/postgresql-client-config';
import type { MikroORM } from '@mikro-orm/sql';

const scripts = { directory: migrationsDirectory };

/**
 * Connects, after making sure that the database has every revision this service knows. A missing SQLite file stays missing.
 *
 * @throws MigratorError `DATABASE_NOT_AT_HEAD`, or what keeps the database from being read.
 */
export async function connectAtHead(
  address: DatabaseAddress,
  environment: Partial<Environment>,
): Promise<MikroORM> {
  const driver = await driverOf(address);
  try {
    await assertAtHead({ driver, scripts });
  } finally {
    await driver.close();
  }
  return connect({ databaseUrl: address, environment });
}

/** The revisions that the connected database is at. */
export async function revisionsOf(orm: MikroORM, address: DatabaseAddress): Promise<string[]> {
  const driver = new KyselyDriver(address.dialect, describeDatabase(address), async () =>
    orm.em.getConnection().getClient(),
  );
  const document = await current({ driver, scripts });
  return document.current.map(({ revision }) => revision);
}

/** The migration engine's own connection to a database. */
async function driverOf(address: DatabaseAddress): Promise<Driver> {
  return openDriver(
    address.dialect === 'sqlite'
      ? address
      : { dialect: 'postgresql', ...(await postgresqlClientConfig(address)) },
  );
}
