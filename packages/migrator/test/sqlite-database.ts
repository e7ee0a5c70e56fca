import Database from 'better-sqlite3';
import { assertionFailure } from '../src/dialects/assertion.ts';
import type { Compiled } from '../src/dialects/dialect.ts';
import { sqliteDialect } from '../src/dialects/sqlite/dialect.ts';
import type { Session } from '../src/driver/driver.ts';
import { apply } from '../src/operations/apply.ts';
import type { SchemaOperation } from '../src/operations/operation.ts';
import { Operations } from '../src/operations/operations.ts';
import type { Schema } from '../src/schema/schema.ts';

/** An in-memory database with just enough of an executor to try compiled statements on. */
export class SqliteDatabase implements Disposable {
  readonly raw = new Database(':memory:');

  constructor(sql = '') {
    this.raw.exec('PRAGMA foreign_keys = ON');
    this.raw.exec(sql);
  }

  async inspect(): Promise<Schema> {
    return sqliteDialect.inspect(sessionOf(this.raw));
  }

  /**
   * Puts definitions in the place of those that are stored, as programs leave them whose SQLite takes a text in double
   * quotes, as Python's does: this one refuses it in anything new.
   */
  store(definitions: Readonly<Record<string, string>>): void {
    this.raw.unsafeMode();
    this.raw.pragma('writable_schema = ON');
    for (const [name, sql] of Object.entries(definitions))
      this.raw.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(sql, name);
    this.raw.pragma('writable_schema = RESET');
    this.raw.exec('REINDEX');
    this.raw.unsafeMode(false);
  }

  /** All rows of a query, with the storage class of every value kept. */
  rows(sql: string): unknown[] {
    return this.raw.prepare(sql).safeIntegers().all();
  }

  /** Every row of a table with its values and their storage classes, in rowid order. */
  contents(table: string): unknown[] {
    const name = sqliteDialect.quoteIdentifier(table);
    const columns = this.raw
      .prepare('SELECT name FROM pragma_table_xinfo(?)')
      .pluck()
      .all(table)
      .map((column) => sqliteDialect.quoteIdentifier(column as string));
    const values = columns.flatMap((column) => [`typeof(${column}) || ':' || quote(${column}) AS ${column}`]);
    return this.raw.prepare(`SELECT ${values.join(', ')} FROM ${name} NOT INDEXED`).all();
  }

  /** Localizes, compiles and runs operations in one transaction; gives the schema that is to be there then. */
  async migrate(operations: readonly SchemaOperation[]): Promise<{ schema: Schema; compiled: Compiled }> {
    const before = await this.inspect();
    const { localized, schema } = localizeAll(operations, before);
    const compiled = sqliteDialect.compile(localized, before);
    this.run(compiled);
    return { schema, compiled };
  }

  run(compiled: Compiled): void {
    const database = this.raw;
    if (compiled.foreignKeysOff) database.pragma('foreign_keys = OFF');
    const violations = () => JSON.stringify(database.pragma('foreign_key_check'));
    const before = violations();
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const statement of compiled.statements) {
        const prepared = database.prepare(statement.sql);
        if (statement.kind === 'sql') {
          if (prepared.reader) prepared.all();
          else prepared.run();
          continue;
        }
        const row = prepared.get() as Record<string, unknown> | undefined;
        if (!Object.values(row ?? {})[0]) throw new Error(assertionFailure(statement.message, row));
      }
      if (compiled.foreignKeysOff && violations() !== before) throw new Error('FOREIGN_KEY_VIOLATED');
      database.exec('COMMIT');
    } finally {
      if (database.inTransaction) database.exec('ROLLBACK');
      database.pragma('foreign_keys = ON');
    }
  }

  [Symbol.dispose](): void {
    this.raw.close();
  }
}

export function sessionOf(database: Database.Database): Session {
  return {
    query: async (sql, parameters = []) => {
      const statement = database.prepare(sql);
      const rows = statement.reader ? statement.all(...parameters) : [];
      return { rows: rows as never, affected: 0 };
    },
    queryInTurn: undefined as never,
    kysely: undefined as never,
  };
}

/** Each operation as SQLite takes it, after the ones before it. */
export function localizeAll(
  operations: readonly SchemaOperation[],
  before: Schema,
): { localized: SchemaOperation[]; schema: Schema } {
  const localized: SchemaOperation[] = [];
  let schema = before;
  for (const operation of operations) {
    const local = sqliteDialect.localize(operation, schema) as SchemaOperation;
    localized.push(local);
    schema = apply(schema, local);
  }
  return { localized, schema };
}

/** What a script's function records. */
export function recorded(script: (op: Operations) => void): SchemaOperation[] {
  const op = new Operations();
  script(op);
  return [...op.recorded] as SchemaOperation[];
}

/** A schema without the order of its tables, which a rebuild changes. */
export function comparable(schema: Schema): Schema {
  const byName = (left: { readonly name: string }, right: { readonly name: string }) =>
    left.name < right.name ? -1 : 1;
  return {
    ...schema,
    tables: schema.tables
      .map((table) => ({ ...table, indexes: table.indexes.toSorted(byName) }))
      .toSorted(byName),
    views: schema.views.toSorted(byName),
    triggers: schema.triggers.toSorted(byName),
  };
}
