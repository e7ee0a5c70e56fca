import { OperationError } from '../../errors.ts';
import type { Constraint } from '../../schema/constraint.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';

/**
 * A foreign key rests on the primary key or unique constraint of the columns it refers to; PostgreSQL drops that only
 * after the foreign key.
 *
 * Which one it rests on, where there are several, only the database knows, and it will say.
 *
 * @throws OperationError `OPERATION_INVALID` when a foreign key refers to the columns of the constraint, and no other key
 *   is on them.
 */
export function refuseReferencedKey(schema: Schema, tableName: string, dropped: Constraint): void {
  if (dropped.kind !== 'primaryKey' && dropped.kind !== 'unique') return;
  const columns = setOf(dropped.columns);
  const table = findTable(schema, tableName);
  if (!table || keysOf(table).filter((each) => each === columns).length > 1) return;
  for (const other of schema.tables) {
    const key = other.foreignKeys.find(
      (each) => each.refTable === tableName && setOf(each.refColumns) === columns,
    );
    if (!key) continue;
    throw new OperationError(
      'OPERATION_INVALID',
      `Constraint "${dropped.name}" of "${tableName}" cannot be dropped: "${other.name}" (${key.columns.join(', ')}) refers to its columns.`,
      {
        hint: `Drop the foreign key "${key.name}" of "${other.name}" first, and create it again afterwards.`,
        facts: { table: tableName, name: dropped.name, referencedBy: other.name },
      },
    );
  }
}

/** The sets of columns that are unique in a table, each as often as something keeps it so. */
function keysOf(table: Table): string[] {
  return [
    ...(table.primaryKey ? [table.primaryKey.columns] : []),
    ...table.uniques.map((each) => each.columns),
    ...table.indexes
      .filter((each) => each.unique && each.where === null)
      .map((each) => each.columns.map((part) => part.column ?? '')),
  ].map(setOf);
}

function setOf(columns: readonly string[]): string {
  return JSON.stringify(columns.toSorted());
}
