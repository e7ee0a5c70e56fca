import type Database from 'better-sqlite3';
import { sqliteDialect } from '../../src/dialects/sqlite/dialect.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { Table } from '../../src/schema/table.ts';
import { sessionOf } from '../sqlite-database.ts';
import { isPlain } from './mikro-orm-schema.ts';

/** What a schema says, one part a line: `column t.a` → `TEXT NOT NULL`. Constraints' own names do not count. */
export type Facts = ReadonlyMap<string, string>;

/** The schema's parts, told by this package's inspector. MikroORM's own table does not count. */
export async function factsOf(database: Database.Database): Promise<Facts> {
  const schema = await sqliteDialect.inspect(sessionOf(database));
  const facts = new Map<string, string>();
  for (const table of schema.tables) {
    if (table.name !== 'mikro_orm_migrations') addTable(facts, table, declaredTypes(database, table.name));
  }
  addStored(facts, schema);
  return facts;
}

function addTable(facts: Map<string, string>, table: Table, types: ReadonlyMap<string, string>): void {
  const { name } = table;
  facts.set(`table ${name}`, 'there');
  if (table.strict) facts.set(`STRICT of ${name}`, 'there');
  if (table.withoutRowid) facts.set(`WITHOUT ROWID of ${name}`, 'there');
  for (const column of table.columns) {
    const of = `of ${name}.${column.name}`;
    facts.set(`type ${of}`, types.get(column.name) ?? '');
    const key = table.primaryKey?.columns.includes(column.name);
    if (!column.nullable && !key) facts.set(`NOT NULL ${of}`, 'there');
    if (column.serverDefault !== null) {
      facts.set(`default ${of}`, normal(JSON.stringify(column.serverDefault)));
    }
    if (column.autoincrement === 'always') facts.set(`AUTOINCREMENT ${of}`, 'there');
    if (column.collation !== null) facts.set(`collation ${of}`, normal(column.collation));
    if (column.generated) {
      const { expression, stored } = column.generated;
      facts.set(`generated value ${of}`, `${normal(expression)} ${stored}`);
    }
  }
  addConstraints(facts, table);
}

function addConstraints(facts: Map<string, string>, table: Table): void {
  const { name } = table;
  if (table.primaryKey) facts.set(`primary key of ${name}`, table.primaryKey.columns.join(', '));
  for (const unique of table.uniques) facts.set(`unique (${unique.columns.join(', ')}) of ${name}`, 'there');
  for (const check of table.checks) facts.set(`check (${normal(check.expression)}) of ${name}`, 'there');
  for (const key of table.foreignKeys) {
    const of = `(${key.columns.join(', ')}) of ${name}`;
    facts.set(`foreign key ${of}`, normal(`${key.refTable} (${key.refColumns.join(', ')})`));
    facts.set(`rules of foreign key ${of}`, `${key.onDelete}, ${key.onUpdate}`);
    if (key.deferrable === 'initially deferred') facts.set(`DEFERRABLE of foreign key ${of}`, 'there');
  }
  for (const index of table.indexes) {
    const plain = index.columns.map((each) => each.column);
    if (index.unique && isPlain(index)) facts.set(`unique (${plain.join(', ')}) of ${name}`, 'there');
    else facts.set(`index ${index.name}`, normal(JSON.stringify({ ...index, name: name })));
  }
}

function addStored(facts: Map<string, string>, { views, triggers }: Schema): void {
  for (const view of views) facts.set(`view ${view.name}`, normal(view.sql));
  for (const { name, sql } of triggers) {
    facts.set(`trigger ${name}`, normal(sql.replace(/for each row/i, '')));
  }
}

function declaredTypes(database: Database.Database, table: string): ReadonlyMap<string, string> {
  const rows = database.prepare('SELECT name, upper(type) FROM pragma_table_xinfo(?)').raw().all(table);
  return new Map(rows as [string, string][]);
}

/** Without what SQLite does not care about: comments, quotes round names, spaces, letters' case, the last semicolon. */
function normal(sql: string): string {
  return sql
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\\?["`[\]]/g, '')
    .replaceAll(/[\s()]+/g, ' ')
    .replace(/[\s;]+$/, '')
    .trim()
    .toLowerCase();
}
