import type Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** How many statements are kept: those of one revision that come again in the next one fit in many times. */
const KEPT = 64;

/**
 * A database that prepares a text once, as long as it comes again soon.
 *
 * A statement of better-sqlite3 lives until it is garbage, and SQLite walks all that live whenever the schema or a setting
 * changes: without this, each revision of a long history would pay for the statements of those before it.
 */
export function withStatementCache(database: Pick<Database.Database, 'prepare' | 'close'>): SqliteDatabase {
  const statements = new Map<string, Database.Statement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const kept = statements.get(sql);
      statements.delete(sql);
      // One whose rows are still being read cannot run a second time meanwhile.
      const statement = kept === undefined || kept.busy ? database.prepare(sql) : kept;
      statements.set(sql, statement);
      const [oldest] = statements.keys();
      if (statements.size > KEPT && oldest !== undefined) statements.delete(oldest);
      return statement as ReturnType<SqliteDatabase['prepare']>;
    },
  };
}
