import { OperationError } from '../errors.ts';
import { type ColumnDefinition, check, unique } from '../schema/builders.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import { withEnumsOf } from './enum-types.ts';
import type { AddColumn, DropColumn } from './operation.ts';
import { requireTable } from './require.ts';

/** @throws OperationError `OPERATION_INVALID` for a column that is to be (part of) the primary key. */
export function addColumn(table: string, definition: ColumnDefinition): AddColumn {
  if (definition.primaryKey) {
    throw new OperationError(
      'OPERATION_INVALID',
      `Column "${definition.name}" cannot be added to "${table}" as a primary key.`,
      {
        hint: 'Add the column first, then use createPrimaryKey.',
        facts: { table, column: definition.name },
      },
    );
  }
  const { name, type, nullable, serverDefault, autoincrement, generated, collation, comment } = definition;
  return {
    kind: 'addColumn',
    table,
    column: { name, type, nullable, serverDefault, autoincrement, generated, collation, comment },
    uniques: definition.unique ? [unique([name])] : [],
    checks: definition.check === null ? [] : [check(definition.check)],
  };
}

export function applyAddColumn(schema: Schema, operation: AddColumn): Schema {
  const table = requireTable(schema, operation.table);
  const { column } = operation;
  if (table.columns.some((each) => each.name === column.name)) {
    throw new OperationError(
      'OPERATION_INVALID',
      `Table "${table.name}" has a column "${column.name}" already.`,
      {
        hint: 'Rename or drop it first, or give the new column another name.',
        facts: { table: table.name, column: column.name },
      },
    );
  }
  const changed = {
    ...table,
    columns: [...table.columns, column],
    uniques: [...table.uniques, ...operation.uniques],
    checks: [...table.checks, ...operation.checks],
  };
  return withEnumsOf(replaceTable(schema, table.name, changed), [column]);
}

export function reverseAddColumn(operation: AddColumn): DropColumn {
  return { kind: 'dropColumn', table: operation.table, column: operation.column.name, allowDataLoss: false };
}
