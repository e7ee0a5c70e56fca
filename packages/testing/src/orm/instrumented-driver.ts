import type { Configuration } from '@mikro-orm/core';
import type { AbstractSqlConnection, AbstractSqlDriver } from '@mikro-orm/sql';
import type { Dialect } from 'kysely';
import type { ConnectionTap } from './connection-tap.ts';

/** A driver as MikroORM's option `driver` takes it. */
export type DriverClass = new (config: Configuration) => AbstractSqlDriver;

/** The driver with a tap on its connection; the ORM's own driver stays what it is in every other respect. */
export function instrumentedDriver(driver: DriverClass, tap: ConnectionTap): DriverClass {
  return class extends driver {
    constructor(config: Configuration) {
      super(config);
      tapConnection(this.getConnection(), config, tap);
    }
  };
}

function tapConnection(connection: AbstractSqlConnection, config: Configuration, tap: ConnectionTap): void {
  const { createKyselyDialect, getNativeClient } = connection;
  connection.createKyselyDialect = (options) => {
    const source = tap.source();
    // The schema generator asks whether the database of this name exists.
    if ('settings' in source && source.settings.database)
      config.set('dbName', String(source.settings.database));
    const dialect: Dialect | Promise<Dialect> =
      'dialect' in source
        ? source.dialect
        : createKyselyDialect.call(connection, { ...options, ...source.settings });
    return dialect instanceof Promise ? dialect.then((each) => tap.observe(each)) : tap.observe(dialect);
  };
  connection.getNativeClient = async () => {
    const source = tap.source();
    return 'dialect' in source ? source.native : getNativeClient.call(connection);
  };
}
