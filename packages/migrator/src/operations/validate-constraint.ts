import { OperationError } from '../errors.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import type { ValidateConstraint } from './operation.ts';
import { requireTable } from './require.ts';

export function applyValidateConstraint(schema: Schema, operation: ValidateConstraint): Schema {
  const table = requireTable(schema, operation.table);
  const found = [...table.checks, ...table.foreignKeys].some((each) => each.name === operation.name);
  if (!found) {
    throw new OperationError(
      'OPERATION_INVALID',
      `Table "${table.name}" has no check or foreign key "${operation.name}" to validate.`,
      {
        hint: 'Give the constraint a name where it is created, and use that name here.',
        facts: { ...operation },
      },
    );
  }
  const validated = <C extends { readonly name: string | null; readonly notValid: boolean }>(each: C): C =>
    each.name === operation.name ? { ...each, notValid: false } : each;
  return replaceTable(schema, table.name, {
    ...table,
    checks: table.checks.map(validated),
    foreignKeys: table.foreignKeys.map(validated),
  });
}
