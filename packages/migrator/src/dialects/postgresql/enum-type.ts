import { OperationError } from '../../errors.ts';
import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { Schema } from '../../schema/schema.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { requireName } from './object-name.ts';

/** @throws OperationError `OPERATION_INVALID` for a name or value that PostgreSQL cannot have. */
export function requireEnumNames(type: DataType): void {
  if (type.kind !== 'enum') return;
  requireName('enum type', type.name);
  for (const value of type.values) requireName(`value of enum type "${type.name}"`, value);
}

/**
 * A new column may share an enumeration that is there, not change it on the way.
 *
 * @throws OperationError `OPERATION_INVALID` when the type is there with other values.
 */
export function requireEnumAsIs(schema: Schema, columns: readonly Column[]): void {
  for (const { type } of columns) {
    if (type.kind !== 'enum') continue;
    const known = schema.enums.find((each) => each.name === type.name);
    if (!known || sameValues(known.values, type.values)) continue;
    throw new OperationError(
      'OPERATION_INVALID',
      `Enum type "${type.name}" is there already, with the values ${known.values.join(', ')}.`,
      {
        hint: 'Change its values with alterColumn on a column that has it, or give the new type another name.',
        facts: { name: type.name, values: known.values },
      },
    );
  }
}

export function sameValues(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, at) => value === right[at]);
}

export function createEnumType(name: string, values: readonly string[]): string {
  return `CREATE TYPE ${quoteIdentifier(name)} AS ENUM (${values.map(quoteLiteral).join(', ')})`;
}

export function dropEnumType(name: string): string {
  return `DROP TYPE ${quoteIdentifier(name)}`;
}
