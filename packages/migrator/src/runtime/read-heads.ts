import type { Dialect } from '../dialects/dialect.ts';
import type { Driver } from '../driver/driver.ts';
import { MigratorError } from '../errors.ts';
import { VersionTable } from './version-table.ts';

/**
 * The version rows of a database; none where there is no database or no version table yet. Writes nothing.
 *
 * @throws DatabaseStateError when the database cannot be reached or read.
 */
export async function readHeads(driver: Driver, dialect: Dialect): Promise<readonly string[]> {
  if (!(await driver.exists())) return [];
  try {
    return await driver.withSession((session) => new VersionTable(dialect).read(session));
  } catch (error) {
    if (error instanceof MigratorError) throw error;
    throw dialect.translateError(error, driver.description) ?? error;
  }
}
