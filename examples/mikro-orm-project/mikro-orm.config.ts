import { resolve } from 'node:path';
import { RevisionMigrator } from '@freshmaker/migrator';
import { defineConfig, type Options } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { databaseUrl } from './src/database.ts';
import { Author } from './src/entities/author.ts';
import { Book } from './src/entities/book.ts';
import { Loan } from './src/entities/loan.ts';

function connection(url: string): Partial<Options> {
  const file = /^sqlite:\/\/\/(.*)$/.exec(url)?.[1];
  if (file !== undefined) return { driver: SqliteDriver, dbName: resolve(import.meta.dirname, file) };
  // `pg` understands more of a URL than MikroORM does: the directory of a socket, for one.
  const dbName = decodeURIComponent(new URL(url).pathname.slice(1));
  return { driver: PostgreSqlDriver, dbName, driverOptions: { connectionString: url } };
}

export default defineConfig({
  ...connection(databaseUrl),
  baseDir: import.meta.dirname,
  entities: [Author, Book, Loan],
  // In place of MikroORM's own migrator.
  extensions: [RevisionMigrator],
  migrations: { path: 'migrations' },
});
