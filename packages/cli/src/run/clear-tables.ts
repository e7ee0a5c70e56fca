import { ConfigurationError, dialectOf } from '@freshmaker/migrator/engine';
import type { ConfigurationFile } from '../configuration/configuration.ts';
import type { AddressDriver } from './address-driver.ts';

/**
 * Empties Freshmaker's tables, in one transaction.
 *
 * @throws ConfigurationError `USAGE_INVALID` for a project with other entities; the database's errors with their codes.
 */
export async function clearTables(
  { address, description }: AddressDriver,
  file: ConfigurationFile | null,
): Promise<void> {
  if (file?.values.mikroOrm !== undefined) {
    throw new ConfigurationError('USAGE_INVALID', 'This command knows only the tables of Freshmaker.', {
      hint: `${file.path} names other entities (key mikroOrm).`,
      facts: { path: file.path, key: 'mikroOrm' },
    });
  }
  const { clearDatabase, connect } = await import('@freshmaker/models');
  try {
    const orm = await connect({ databaseUrl: address });
    try {
      await clearDatabase(orm.em);
    } finally {
      await orm.close();
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw dialectOf(address.dialect).translateError(cause, description) ?? error;
  }
}
