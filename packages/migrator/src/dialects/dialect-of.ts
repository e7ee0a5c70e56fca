import type { DialectName } from '../driver/driver.ts';
import type { Dialect } from './dialect.ts';
import { postgresqlDialect } from './postgresql/dialect.ts';
import { sqliteDialect } from './sqlite/dialect.ts';

const dialects: Readonly<Record<DialectName, Dialect>> = {
  sqlite: sqliteDialect,
  postgresql: postgresqlDialect,
};

export function dialectOf(name: DialectName): Dialect {
  return dialects[name];
}
