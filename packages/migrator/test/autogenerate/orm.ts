import type { MikroORM } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { MikroORM as SqlMikroORM } from '@mikro-orm/sql';
import { SqliteDriver } from '@mikro-orm/sqlite';

/** An ORM that is never connected. */
export function ormFor(dialect: 'sqlite' | 'postgresql', entities: readonly object[]): MikroORM {
  const driver = dialect === 'sqlite' ? SqliteDriver : PostgreSqlDriver;
  const options = { driver, dbName: 'nowhere', entities: [...entities] };
  return new SqlMikroORM(options as never) as unknown as MikroORM;
}
