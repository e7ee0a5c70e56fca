import type { Column } from '../../schema/column.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { invalid } from './refusal.ts';
import { sameName } from './sql-text.ts';

/** SQLite does not tell names apart by case: a table's name as the schema spells it, or the name given. */
export function tableName(schema: Schema, name: string): string {
  return (
    (
      schema.tables.find((table) => table.name === name) ??
      schema.tables.find((table) => sameName(table.name, name))
    )?.name ?? name
  );
}

/** A column's name as the table spells it, or the name given. */
export function columnName(table: { readonly columns: readonly Column[] } | undefined, name: string): string {
  const columns = table?.columns ?? [];
  return (
    (columns.find((column) => column.name === name) ?? columns.find((column) => sameName(column.name, name)))
      ?.name ?? name
  );
}

export function columnNames(table: Table | undefined, names: readonly string[]): string[] {
  return names.map((name) => columnName(table, name));
}

/** @throws OperationError `OPERATION_INVALID` where a table, view or index has the name, but for `except`. */
export function requireFreeName(schema: Schema, name: string, except: string | null = null): void {
  const hasIt = (each: { readonly name: string }) => each.name !== except && sameName(each.name, name);
  const owner = ownerOf(schema, hasIt);
  if (owner === null) return;
  throw invalid(
    `The name "${name}" is taken: there is ${owner}.`,
    'On SQLite tables, views and indexes share their names, and case does not tell them apart; choose another one.',
    { name },
  );
}

/** The table, view or index that has a name, for people. */
function ownerOf(schema: Schema, hasIt: (each: { readonly name: string }) => boolean): string | null {
  const table = schema.tables.find(hasIt);
  if (table) return `a table "${table.name}"`;
  const view = schema.views.find(hasIt);
  if (view) return `a view "${view.name}"`;
  for (const { indexes } of schema.tables) {
    const index = indexes.find(hasIt);
    if (index) return `an index "${index.name}"`;
  }
  return null;
}

/** @throws OperationError `OPERATION_INVALID` where a column has the name, but for `except`. */
export function requireFreeColumn(table: Table, name: string, except: string | null = null): void {
  const other = table.columns.find((each) => sameName(each.name, name) && each.name !== except);
  if (!other) return;
  throw invalid(
    `Table "${table.name}" has a column "${other.name}" already.`,
    'On SQLite case does not tell names apart; choose another one.',
    { table: table.name, column: name },
  );
}
