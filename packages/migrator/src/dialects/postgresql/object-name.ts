import { OperationError } from '../../errors.ts';
import { columnsOfCheck } from '../../operations/drop-constraint.ts';
import type { Constraint } from '../../schema/constraint.ts';
import { defaultConstraintName, isNameInUse, MAX_NAME_BYTES } from '../../schema/constraint-name.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';

/**
 * Gives constraints the names PostgreSQL would.
 *
 * Source: PostgreSQL, `ChooseConstraintName` and `ChooseRelationName`. A name is new when no constraint of the schema
 * has it; the index behind a primary key or unique constraint is a relation, so its name must be no table's, index's
 * or view's either.
 */
export class ConstraintNames {
  readonly #schema: Schema;
  /** Names that are given while this one is at work, beside those of the schema. */
  readonly #given = new Set<string>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** Marks the name of a table that is being created as used. */
  reserve(table: string): void {
    this.#given.add(table);
  }

  /** The constraint with a name: its own, else the one PostgreSQL would make up. */
  name<C extends Constraint>(table: Table, constraint: C): C {
    const name = constraint.name ?? this.#choose(table, constraint);
    this.#given.add(name);
    return { ...constraint, name };
  }

  #choose(table: Table, constraint: Constraint): string {
    const columns =
      constraint.kind === 'check' ? columnsOfCheck(table, constraint.expression) : constraint.columns;
    const withIndex = constraint.kind === 'primaryKey' || constraint.kind === 'unique';
    const isTaken = (name: string) =>
      this.#given.has(name) ||
      isNameInUse(this.#schema.tables, name) ||
      (withIndex && this.#isRelation(name));
    return defaultConstraintName(table.name, constraint.kind, columns, isTaken);
  }

  #isRelation(name: string): boolean {
    const { tables, views } = this.#schema;
    const hasIt = (each: { readonly name: string }) => each.name === name;
    return tables.some((table) => hasIt(table) || table.indexes.some(hasIt)) || views.some(hasIt);
  }
}

/**
 * Refuses a name that PostgreSQL would cut.
 *
 * @param what the kind of object, for the message.
 * @throws OperationError `OPERATION_INVALID` for a name of no or more than 63 bytes, or with a NUL character.
 */
export function requireName(what: string, name: string): string {
  const bytes = Buffer.byteLength(name);
  if (bytes > 0 && bytes <= MAX_NAME_BYTES && !name.includes('\0')) return name;
  const problem =
    bytes === 0
      ? 'is empty'
      : bytes > MAX_NAME_BYTES
        ? `has ${bytes} bytes, and PostgreSQL allows ${MAX_NAME_BYTES}`
        : 'contains a NUL character';
  throw new OperationError('OPERATION_INVALID', `The name "${name}" of a ${what} ${problem}.`, {
    hint: 'Choose another name in the revision script.',
    facts: { name, bytes },
  });
}
