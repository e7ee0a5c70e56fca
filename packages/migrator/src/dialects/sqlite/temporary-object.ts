import type { SchemaOperation } from '../../operations/operation.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import { quoteIdentifier } from './literal.ts';
import { notSupported } from './refusal.ts';
import { sameName } from './sql-text.ts';

/**
 * Refuses operations on what a temporary object of the connection hides: SQLite would change that one instead, or fill
 * it with the rows of a table that is being rebuilt.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED`.
 */
export function refuseHidden(operations: readonly SchemaOperation[], schema: Schema): void {
  for (const name of operations.flatMap((each) => namesOf(each, schema))) refuseHiddenName(name, schema);
}

/** Refuses rows for a table that a temporary one hides, which would get them; one that hides nothing may be meant. */
export function refuseHiddenRows(table: string, schema: Schema): void {
  if (schema.tables.some((each) => sameName(each.name, table))) refuseHiddenName(table, schema);
}

function refuseHiddenName(name: string, { temporary = [] }: Schema): void {
  const hiding = temporary.find((each) => sameName(each.name, name));
  if (!hiding) return;
  const { type } = hiding;
  throw notSupported(
    `"${name}" cannot be changed: a temporary ${type} of this connection has its name, and would be changed instead.`,
    `Drop it first: DROP ${type.toUpperCase()} temp.${quoteIdentifier(hiding.name)}.`,
    { name, temporary: type },
  );
}

function namesOf(operation: SchemaOperation, schema: Schema): string[] {
  const table = operation.table ?? '';
  const indexes = findTable(schema, table)?.indexes.map((each) => each.name) ?? [];
  switch (operation.kind) {
    case 'renameTable':
      return [table, operation.to, ...indexes];
    case 'createIndex':
      return [table, operation.index.name, ...indexes];
    case 'dropIndex':
      return [table, operation.name];
    default:
      return [table, ...indexes];
  }
}
