import { OperationError } from '../errors.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import type { RenameTable } from './operation.ts';
import { requireTable } from './require.ts';

/** Foreign keys that point to the table follow its new name; names of constraints and indexes stay. */
export function applyRenameTable(schema: Schema, operation: RenameTable): Schema {
  requireTable(schema, operation.table);
  if (findTable(schema, operation.to)) {
    throw new OperationError('OPERATION_INVALID', `Table "${operation.to}" is there already.`, {
      hint: `Choose another name for "${operation.table}".`,
      facts: { table: operation.table, to: operation.to },
    });
  }
  const follow = (name: string) => (name === operation.table ? operation.to : name);
  return {
    ...schema,
    tables: schema.tables.map((table) => ({
      ...table,
      name: follow(table.name),
      foreignKeys: table.foreignKeys.map((key) => ({ ...key, refTable: follow(key.refTable) })),
    })),
    triggers: schema.triggers.map((trigger) => ({ ...trigger, table: follow(trigger.table) })),
  };
}

export function reverseRenameTable(operation: RenameTable): RenameTable {
  return { kind: 'renameTable', table: operation.to, to: operation.table };
}
