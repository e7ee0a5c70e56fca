import Database from 'better-sqlite3';
import { quoteIdentifier } from '../../src/dialects/sqlite/literal.ts';
import { type Facts, factsOf } from './facts.ts';

/** The values of each column, in the order of the rows, as `class:literal`. */
export type Contents = ReadonlyMap<string, readonly string[]>;

export interface Snapshot {
  readonly facts: Facts;
  readonly tables: ReadonlyMap<string, Contents>;
  /** The last value of AUTOINCREMENT, by table. */
  readonly sequences: ReadonlyMap<string, number>;
}

/** What a database holds, but for MikroORM's own table. */
export async function snapshot(data: Buffer): Promise<Snapshot> {
  const database = new Database(data);
  try {
    const facts = await factsOf(database);
    const tables = ordinaryTables(database).map((name): [string, Contents] => [
      name,
      contentsOf(database, name),
    ]);
    return { facts, tables: new Map(tables), sequences: sequencesOf(database) };
  } finally {
    database.close();
  }
}

function ordinaryTables(database: Database.Database): string[] {
  const sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'";
  const names = database.prepare(sql).pluck().all() as string[];
  return names.filter((name) => !/^(sqlite_|mikro_orm_)/.test(name)).toSorted();
}

function contentsOf(database: Database.Database, table: string): Contents {
  const columns = database.prepare('SELECT name FROM pragma_table_xinfo(?)').pluck().all(table) as string[];
  const values = columns.map((column): [string, string[]] => {
    const name = quoteIdentifier(column);
    const sql = `SELECT typeof(${name}) || ':' || quote(${name}) FROM ${quoteIdentifier(table)} NOT INDEXED`;
    return [column, database.prepare(sql).pluck().all() as string[]];
  });
  return new Map(values);
}

function sequencesOf(database: Database.Database): ReadonlyMap<string, number> {
  const counts = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get();
  if (!counts) return new Map();
  const rows = database.prepare('SELECT name, seq FROM sqlite_sequence').raw().all() as [string, number][];
  return new Map(rows.filter(([name]) => !name.startsWith('mikro_orm_')));
}
