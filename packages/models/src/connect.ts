import { MikroORM } from '@mikro-orm/sql';
import type { DatabaseAddress } from './database/database-url.ts';
import { type ResolveSettings, resolveDatabaseOptions } from './database/options.ts';

/** What `connect` needs to know: where the database is, and what the models get from outside. */
export interface ConnectSettings extends ResolveSettings {
  /** A URL (`sqlite:///freshmaker.db`, `postgresql://…`), or an address that `parseDatabaseUrl` has made of one. */
  readonly databaseUrl: string | DatabaseAddress;
}

/**
 * Connects to Freshmaker's database. Take one `orm.em.fork()` per request or message, and `orm.close()` at the end.
 *
 * A SQLite file that is missing is created, empty; a PostgreSQL database is not.
 *
 * @throws DatabaseUrlError when the URL cannot be understood; the driver's error when the database cannot be reached.
 */
export async function connect({ databaseUrl, ...settings }: ConnectSettings): Promise<MikroORM> {
  const orm = await MikroORM.init(await resolveDatabaseOptions(databaseUrl, settings));
  try {
    // MikroORM itself would connect with the first query, and a service would not notice until then.
    await orm.em.getConnection().execute('select 1');
    return orm;
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}
