import type { Column } from '../../schema/column.ts';
import type { Table } from '../../schema/table.ts';
import { renderType } from './data-type.ts';
import { foldName } from './sql-text.ts';

/** The one column of the primary key, if it is declared so that SQLite can make it the rowid. */
function integerKey(table: Table): Column | undefined {
  if (table.withoutRowid || table.primaryKey?.columns.length !== 1) return undefined;
  const [name] = table.primaryKey.columns;
  const column = table.columns.find((each) => each.name === name);
  return column && isRowidType(column) ? column : undefined;
}

/** Only the very word INTEGER makes a key the rowid: INT or BIGINT does not. */
export function isRowidType(column: Pick<Column, 'type' | 'declared'>): boolean {
  return (column.declared ?? renderType(column.type)).trim().toUpperCase() === 'INTEGER';
}

/** The column that is the rowid by another name. */
export function rowidAlias(table: Table): Column | undefined {
  const key = integerKey(table);
  return key?.autoincrement === false ? undefined : key;
}

/** Whether the key is written `INTEGER PRIMARY KEY DESC`, which SQLite, by an old mistake, does not make the rowid. */
export function isDescendingKey(table: Table): boolean {
  return integerKey(table)?.autoincrement === false;
}

/**
 * A name by which the rowid of a table can be asked for.
 *
 * @returns null when the table has none, or when columns have taken all three names.
 */
export function rowidName(table: Table): string | null {
  if (table.withoutRowid) return null;
  const taken = new Set(table.columns.map((column) => foldName(column.name)));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? null;
}
