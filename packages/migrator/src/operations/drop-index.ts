import { OperationError } from '../errors.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import type { CreateIndex, DropIndex } from './operation.ts';

/** @throws OperationError `OPERATION_INVALID` when no table (or not the one given) has the index. */
function ownerOfIndex(schema: Schema, operation: DropIndex): Table {
  const owner = schema.tables.find(
    (table) =>
      (operation.table === null || table.name === operation.table) &&
      table.indexes.some((index) => index.name === operation.name),
  );
  if (owner) return owner;
  const where = operation.table === null ? '' : ` on table "${operation.table}"`;
  throw new OperationError('OPERATION_INVALID', `There is no index "${operation.name}"${where}.`, {
    hint: 'Check the name in the revision script; a unique constraint is dropped with dropConstraint.',
    facts: { name: operation.name, table: operation.table },
  });
}

export function applyDropIndex(schema: Schema, operation: DropIndex): Schema {
  const table = ownerOfIndex(schema, operation);
  const indexes = table.indexes.filter((index) => index.name !== operation.name);
  return replaceTable(schema, table.name, { ...table, indexes });
}

/** Creates the index again with all its properties. */
export function reverseDropIndex(operation: DropIndex, before: Schema): CreateIndex[] {
  const table = ownerOfIndex(before, operation);
  return table.indexes
    .filter((index) => index.name === operation.name)
    .map((index) => ({
      kind: 'createIndex',
      table: table.name,
      index,
      concurrently: operation.concurrently,
    }));
}
