import { betterSqlite3 } from './better-sqlite3.ts';

/**
 * Copies a SQLite file as it was last committed, in one piece and compacted (`VACUUM INTO`). It reads by a connection of
 * its own, so another one may hold a transaction open that has changed nothing yet.
 */
export function copySqliteFile(file: string, target: string): void {
  const Database = betterSqlite3();
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } finally {
    database.close();
  }
}
