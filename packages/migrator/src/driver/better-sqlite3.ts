import type Database from 'better-sqlite3';

/** The library that opens SQLite files, loaded when the first one is opened: PostgreSQL does without it. */
export async function betterSqlite3(): Promise<typeof Database> {
  return (await import('better-sqlite3')).default;
}
