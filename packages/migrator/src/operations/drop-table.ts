import { OperationError } from '../errors.ts';
import type { Schema } from '../schema/schema.ts';
import { withoutUnusedEnums } from './enum-types.ts';
import type { DropTable, Operation } from './operation.ts';
import { requireTable } from './require.ts';

export function applyDropTable(schema: Schema, operation: DropTable): Schema {
  requireTable(schema, operation.table);
  for (const other of schema.tables) {
    if (other.name === operation.table) continue;
    const key = other.foreignKeys.find((each) => each.refTable === operation.table);
    if (!key) continue;
    throw new OperationError(
      'OPERATION_INVALID',
      `Table "${operation.table}" cannot be dropped: "${other.name}" (${key.columns.join(', ')}) refers to it.`,
      {
        hint: 'Drop the foreign key or that table first.',
        facts: { table: operation.table, referencedBy: other.name, columns: key.columns },
      },
    );
  }
  const dropped = {
    ...schema,
    tables: schema.tables.filter((each) => each.name !== operation.table),
    triggers: schema.triggers.filter((each) => each.table !== operation.table),
  };
  return withoutUnusedEnums(schema, dropped);
}

/** Creates the table and its indexes again, without the rows. */
export function reverseDropTable(operation: DropTable, before: Schema): Operation[] {
  const { indexes, ...definition } = requireTable(before, operation.table);
  return [
    { kind: 'createTable', table: operation.table, definition: { ...definition, indexes: [] } },
    ...indexes.map(
      (index): Operation => ({ kind: 'createIndex', table: operation.table, index, concurrently: false }),
    ),
  ];
}
