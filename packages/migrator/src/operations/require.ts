import { OperationError } from '../errors.ts';
import type { Column } from '../schema/column.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';

/** @throws OperationError `OPERATION_INVALID` when the schema has no such table. */
export function requireTable(schema: Schema, name: string): Table {
  const table = findTable(schema, name);
  if (table) return table;
  throw new OperationError('OPERATION_INVALID', `There is no table "${name}".`, {
    hint: 'Check the name in the revision script, and that the revision follows the one that creates the table.',
    facts: { table: name },
  });
}

/** @throws OperationError `OPERATION_INVALID` when the table has no such column. */
export function requireColumn(table: Table, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column) return column;
  throw new OperationError('OPERATION_INVALID', `Table "${table.name}" has no column "${name}".`, {
    hint: `Its columns are ${table.columns.map((each) => `"${each.name}"`).join(', ')}.`,
    facts: { table: table.name, column: name },
  });
}
