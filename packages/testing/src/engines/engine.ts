import type { DialectName } from '@freshmaker/migrator/engine';
import type { Dialect } from 'kysely';
import type { SchemaRecipe } from '../content/recipe.ts';

/** What a test database runs on. */
export type EngineName = 'sqlite' | 'pglite' | 'postgresql';

export const engineNames: readonly EngineName[] = ['sqlite', 'pglite', 'postgresql'];

/** Every engine speaks one of the migrator's dialects. */
export function dialectOfEngine(engine: EngineName): DialectName {
  return engine === 'sqlite' ? 'sqlite' : 'postgresql';
}

/** What a store needs of the ORM that is connected to it. */
export interface Connection {
  /** Closes the connection; the next statement opens it again, with the store's source of that time. */
  close(): Promise<void>;
  /** The database client below the ORM, connected. */
  native<Client>(): Promise<Client>;
}

/** What an ORM's connection opens: settings for its own driver, or a ready dialect in the driver's place. */
export type ConnectionSource =
  | { readonly settings: Readonly<Record<string, unknown>> }
  | { readonly dialect: Dialect; readonly native: unknown };

/** One database of a test's own, as its engine keeps it. */
export interface Store {
  /** Asked for whenever the ORM connects. */
  readonly source: ConnectionSource;
  /** How others can open it; null for one inside this process. */
  readonly url: string | null;
  /** Makes the present state the one to return to. */
  seal(connection: Connection): Promise<void>;
  /**
   * Returns to the sealed state: the same rows, ids counting on from there, and the same schema. No transaction is open.
   *
   * @param reseed fills a database that had to be made anew, and seals it.
   */
  reset(connection: Connection, reseed: () => Promise<void>): Promise<void>;
  /**
   * Keeps the present state for a person to look at.
   *
   * @param name unique, for a file or a database.
   * @returns what to type to open it.
   */
  keep(name: string, connection: Connection): Promise<string>;
  /** Gives the database back; the connection is closed already. */
  dispose(): Promise<void>;
}

/** Opens a new database that holds the schema of a recipe. */
export type OpenStore = (recipe: SchemaRecipe) => Promise<Store>;
