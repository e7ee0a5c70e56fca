import { rmSync } from 'node:fs';
import { betterSqlite3 } from './better-sqlite3.ts';

/**
 * Copies a SQLite file as it was last committed, in one piece and compacted (`VACUUM INTO`). It reads by a connection of
 * its own, so another one may hold a transaction open that has changed nothing yet.
 *
 * Where a definition is one that this SQLite keeps but does not make anew, such as a check with texts in double quotes, the
 * file is copied page by page.
 */
export async function copySqliteFile(file: string, target: string): Promise<void> {
  const Database = await betterSqlite3();
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    database.prepare('VACUUM INTO ?').run(target);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'SQLITE_ERROR') throw error;
    rmSync(target, { force: true });
    await database.backup(target);
  } finally {
    database.close();
  }
}
