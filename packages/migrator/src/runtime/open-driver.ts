import { dialectOf } from '../dialects/dialect-of.ts';
import type { Driver } from '../driver/driver.ts';
import { PostgresqlDriver, type PostgresqlSettings } from '../driver/postgresql-driver.ts';
import { SqliteDriver, type SqliteSettings } from '../driver/sqlite-driver.ts';
import { DatabaseStateError } from '../errors.ts';

export type DatabaseSettings = SqliteSettings | PostgresqlSettings;

/** A driver for a database, which connects when it is first used; close it when done. */
export function openDriver(settings: DatabaseSettings): Driver {
  if (settings.dialect === 'sqlite') return new SqliteDriver(settings);
  return new PostgresqlDriver(settings, (error, description) => {
    const translated = dialectOf('postgresql').translateError(error, description);
    if (translated) return translated;
    const reason = error instanceof Error ? error.message : String(error);
    return new DatabaseStateError(
      'DATABASE_UNREACHABLE',
      `The ${description} cannot be reached: ${reason}.`,
      {
        hint: 'Check host, port and that the server is running.',
        cause: error,
      },
    );
  });
}
