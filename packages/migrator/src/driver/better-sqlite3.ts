import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

const require = createRequire(import.meta.url);

/** The library that opens SQLite files, loaded when the first one is opened: PostgreSQL does without it. */
export function betterSqlite3(): typeof Database {
  return require('better-sqlite3');
}
