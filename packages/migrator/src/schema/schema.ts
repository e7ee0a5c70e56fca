import type { Table } from './table.ts';

/** A native enumeration type (PostgreSQL). */
export interface EnumType {
  readonly name: string;
  readonly values: readonly string[];
}

/** Kept as stored: the migrator restores triggers after a rebuild, it never writes them. */
export interface Trigger {
  readonly name: string;
  /** The table or view the trigger fires on. */
  readonly table: string;
  readonly sql: string;
  /** Why the database cannot read it (SQLite). Left out where it can. */
  readonly unreadable?: string;
}

/** Kept as stored, as triggers are. */
export interface View {
  readonly name: string;
  readonly sql: string;
  /** Why the database cannot read it (SQLite). Left out where it can. */
  readonly unreadable?: string;
}

/** A temporary table, view or index of the connection (SQLite): where only a name is given, it is what is meant by it. */
export interface TemporaryObject {
  readonly type: string;
  readonly name: string;
}

/** Everything the migrator knows of a database's structure: plain data, in the order of creation. */
export interface Schema {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly views: readonly View[];
  readonly triggers: readonly Trigger[];
  /** The tables in which the database keeps what it knows of the rows of others (SQLite); left out where there are none. */
  readonly statistics?: readonly string[];
  /** Left out where there are none. */
  readonly temporary?: readonly TemporaryObject[];
}

export const emptySchema: Schema = { tables: [], enums: [], views: [], triggers: [] };

export function findTable(schema: Schema, name: string): Table | undefined {
  return schema.tables.find((table) => table.name === name);
}

/** The schema with `table` in the place of the one that is called `name`. */
export function replaceTable(schema: Schema, name: string, table: Table): Schema {
  return { ...schema, tables: schema.tables.map((each) => (each.name === name ? table : each)) };
}
