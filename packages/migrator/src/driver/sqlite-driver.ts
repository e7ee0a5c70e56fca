import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';
import { DatabaseStateError } from '../errors.ts';
import { betterSqlite3 } from './better-sqlite3.ts';
import type { Driver, Session } from './driver.ts';
import { SqliteSession } from './sqlite-session.ts';
import { withStatementCache } from './statement-cache.ts';

/** Where a SQLite database is and what may be done to it. */
export interface SqliteSettings {
  readonly dialect: 'sqlite';
  /** An absolute path, or `:memory:`. */
  readonly path: string;
}

/** How long SQLite itself waits for another process before it reports that the file is locked, in milliseconds. */
const BUSY_TIMEOUT_MS = 1000;

/** A SQLite file or an in-memory database, opened when it is first used. */
export class SqliteDriver implements Driver {
  readonly dialect = 'sqlite';
  readonly description: string;
  readonly path: string;
  #database: SqliteDatabase | undefined;
  /** There is one connection: whoever wants it next waits until it was given back. */
  #free: Promise<void> = Promise.resolve();

  constructor(settings: SqliteSettings) {
    this.path = settings.path;
    this.description = settings.path === ':memory:' ? 'SQLite in memory' : `SQLite file ${settings.path}`;
  }

  async exists(): Promise<boolean> {
    return this.path === ':memory:' || existsSync(this.path);
  }

  async create(): Promise<boolean> {
    if (await this.exists()) return false;
    await this.withSession((session) => session.query('PRAGMA user_version'));
    return true;
  }

  async withSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const { promise: givenBack, resolve: giveBack } = Promise.withResolvers<void>();
    const free = this.#free;
    this.#free = givenBack;
    await free;
    try {
      const Database = await betterSqlite3();
      this.#database ??= withStatementCache(open(Database, this.path));
      const session = new SqliteSession(this.#database);
      return await work(session).finally(() => session.end());
    } finally {
      giveBack();
    }
  }

  async close(): Promise<void> {
    this.#database?.close();
    this.#database = undefined;
  }
}

function open(Database: Awaited<ReturnType<typeof betterSqlite3>>, path: string): Database.Database {
  try {
    const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

function cannotOpen(path: string, cause: unknown): DatabaseStateError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const folder = dirname(path);
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const hint = isFolder
    ? 'Name a file: that is a directory.'
    : existsSync(folder)
      ? `Check the permissions of ${path} and of its directory.`
      : `Create the directory ${folder} first.`;
  return new DatabaseStateError(
    'DATABASE_UNREACHABLE',
    `The SQLite file ${path} cannot be opened: ${reason}.`,
    {
      hint,
      cause,
      facts: { database: path },
    },
  );
}
