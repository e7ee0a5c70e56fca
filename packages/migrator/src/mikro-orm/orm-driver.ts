import type { AbstractSqlConnection, AbstractSqlPlatform } from '@mikro-orm/sql';
import type { DialectName, Driver } from '../driver/driver.ts';
import { KyselyDriver } from '../driver/kysely-driver.ts';
import { ConfigurationError } from '../errors.ts';

/** The connections of an ORM, as a driver: the same database, also when it is in memory. */
export function ormDriver(
  connection: AbstractSqlConnection,
  platform: AbstractSqlPlatform,
  dbName: string,
): Driver {
  const dialect = dialectOfPlatform(platform);
  const description = dialect === 'sqlite' ? `SQLite file ${dbName}` : `PostgreSQL database ${dbName}`;
  return new KyselyDriver(dialect, description, async () => {
    if (!(await connection.isConnected())) await connection.connect();
    return connection.getClient();
  });
}

function dialectOfPlatform(platform: AbstractSqlPlatform): DialectName {
  const helper = platform.getSchemaHelper()?.constructor.name ?? '';
  const names: readonly (readonly [DialectName, RegExp])[] = [
    ['sqlite', /sqlite/i],
    ['postgresql', /postgre/i],
  ];
  for (let kind: object | null = platform; kind; kind = Object.getPrototypeOf(kind)) {
    const found = names.find(([, pattern]) => pattern.test(kind?.constructor.name ?? ''));
    if (found) return found[0];
  }
  throw new ConfigurationError(
    'CONFIG_INVALID',
    `RevisionMigrator does not know the platform of ${helper}.`,
    {
      hint: 'Use a driver for SQLite or PostgreSQL.',
    },
  );
}
