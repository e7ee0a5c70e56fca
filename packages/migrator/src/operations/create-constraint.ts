import { OperationError } from '../errors.ts';
import type { Autoincrement } from '../schema/column.ts';
import type { Constraint, PrimaryKey } from '../schema/constraint.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { alterColumn } from './alter-column.ts';
import type { AlterColumn, CreateConstraint, DropConstraint } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

/** All constraints of a table, in the order primary key, uniques, checks, foreign keys. */
export function constraintsOf(table: Table): Constraint[] {
  return [
    ...(table.primaryKey ? [table.primaryKey] : []),
    ...table.uniques,
    ...table.checks,
    ...table.foreignKeys,
  ];
}

export function applyCreateConstraint(schema: Schema, operation: CreateConstraint): Schema {
  const { table: name, constraint } = operation;
  const table = requireTable(schema, name);
  const taken =
    constraint.name !== null && constraintsOf(table).some((each) => each.name === constraint.name);
  if (taken) {
    throw new OperationError(
      'OPERATION_INVALID',
      `Table "${name}" has a constraint "${constraint.name}" already.`,
      {
        hint: 'Drop it first, or give the new constraint another name.',
        facts: { table: name, name: constraint.name },
      },
    );
  }
  if (constraint.kind !== 'check') for (const column of constraint.columns) requireColumn(table, column);
  const constrained = withConstraint(schema, table, constraint);
  const autoincrement = operation.kind === 'createPrimaryKey' ? operation.autoincrement : undefined;
  return replaceTable(schema, name, countingUp(constrained, constraint, autoincrement));
}

/** The table with the property set for the columns of a key, where the operation says so. */
export function countingUp(
  table: Table,
  constraint: Constraint,
  autoincrement: Autoincrement | false | undefined,
): Table {
  if (autoincrement === undefined || constraint.kind !== 'primaryKey') return table;
  const columns = table.columns.map((each) =>
    constraint.columns.includes(each.name) ? { ...each, autoincrement } : each,
  );
  return { ...table, columns };
}

function withConstraint(schema: Schema, table: Table, constraint: Constraint): Table {
  switch (constraint.kind) {
    case 'primaryKey':
      return withPrimaryKey(table, constraint);
    case 'unique':
      return { ...table, uniques: [...table.uniques, constraint] };
    case 'check':
      return { ...table, checks: [...table.checks, constraint] };
    case 'foreignKey': {
      const target = requireTable(schema, constraint.refTable);
      for (const column of constraint.refColumns) requireColumn(target, column);
      return { ...table, foreignKeys: [...table.foreignKeys, constraint] };
    }
  }
}

function withPrimaryKey(table: Table, primaryKey: PrimaryKey): Table {
  if (table.primaryKey) {
    throw new OperationError('OPERATION_INVALID', `Table "${table.name}" has a primary key already.`, {
      hint: "Drop it first with dropConstraint(name, table, { type: 'primaryKey' }).",
      facts: { table: table.name, columns: table.primaryKey.columns },
    });
  }
  const columns = table.columns.map((each) =>
    primaryKey.columns.includes(each.name) ? { ...each, nullable: false } : each,
  );
  return { ...table, columns, primaryKey };
}

/** Drops it again; what a primary key made NOT NULL takes NULL again. */
export function reverseCreateConstraint(
  { table, constraint }: CreateConstraint,
  before: Schema,
): (DropConstraint | AlterColumn)[] {
  const madeRequired = requireTable(before, table).columns.filter(
    (each) => each.nullable && constraint.kind === 'primaryKey' && constraint.columns.includes(each.name),
  );
  return [
    dropOf(table, constraint),
    ...madeRequired.map((each) => alterColumn(table, each.name, { nullable: true })),
  ];
}

function dropOf(table: string, constraint: Constraint): DropConstraint {
  return {
    kind: 'dropConstraint',
    table,
    name: constraint.name,
    type: constraint.kind,
    columns: constraint.kind === 'check' ? null : constraint.columns,
    sql: constraint.kind === 'check' ? constraint.expression : null,
  };
}
