import { OperationError } from '../errors.ts';
import type { Constraint, PrimaryKey } from '../schema/constraint.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import type { CreateConstraint, DropConstraint } from './operation.ts';
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

export function applyCreateConstraint(schema: Schema, { table: name, constraint }: CreateConstraint): Schema {
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
  return replaceTable(schema, name, withConstraint(schema, table, constraint));
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

export function reverseCreateConstraint({ table, constraint }: CreateConstraint): DropConstraint {
  return {
    kind: 'dropConstraint',
    table,
    name: constraint.name,
    type: constraint.kind,
    columns: constraint.kind === 'check' ? null : constraint.columns,
    sql: constraint.kind === 'check' ? constraint.expression : null,
  };
}
