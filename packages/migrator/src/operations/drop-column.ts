import { OperationError } from '../errors.ts';
import type { CheckConstraint } from '../schema/constraint.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import { mentionsIdentifier } from '../schema/sql-lexer.ts';
import type { Table } from '../schema/table.ts';
import type { TableIndex } from '../schema/table-index.ts';
import { withoutUnusedEnums } from './enum-types.ts';
import type { DropColumn, Operation } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

/** The column takes its indexes, keys and checks with it, as PostgreSQL does; what others refer to is refused. */
export function applyDropColumn(schema: Schema, operation: DropColumn): Schema {
  const table = requireTable(schema, operation.table);
  requireColumn(table, operation.column);
  refuseReferenced(schema, operation);
  const dropped = replaceTable(schema, table.name, withoutColumn(table, operation.column));
  return withoutUnusedEnums(schema, dropped);
}

function withoutColumn(table: Table, name: string): Table {
  return {
    ...table,
    columns: table.columns.filter((each) => each.name !== name),
    primaryKey: table.primaryKey?.columns.includes(name) ? null : table.primaryKey,
    uniques: table.uniques.filter((each) => !each.columns.includes(name)),
    checks: table.checks.filter((each) => !checkUses(each, name)),
    foreignKeys: table.foreignKeys.filter((each) => !each.columns.includes(name)),
    indexes: table.indexes.filter((each) => !indexUses(each, name)),
  };
}

function checkUses(constraint: CheckConstraint, name: string): boolean {
  return mentionsIdentifier(constraint.expression, name);
}

function indexUses(index: TableIndex, name: string): boolean {
  return (
    index.include.includes(name) ||
    (index.where !== null && mentionsIdentifier(index.where, name)) ||
    index.columns.some(
      (each) =>
        each.column === name || (each.expression !== null && mentionsIdentifier(each.expression, name)),
    )
  );
}

function refuseReferenced(schema: Schema, { table, column }: DropColumn): void {
  for (const other of schema.tables) {
    const key = other.foreignKeys.find(
      (each) =>
        each.refTable === table &&
        each.refColumns.includes(column) &&
        !(other.name === table && each.columns.includes(column)),
    );
    if (!key) continue;
    throw new OperationError(
      'OPERATION_INVALID',
      `Column "${column}" of "${table}" cannot be dropped: "${other.name}" (${key.columns.join(', ')}) refers to it.`,
      { hint: 'Drop that foreign key first.', facts: { table, column, referencedBy: other.name } },
    );
  }
  const computed = schema.tables
    .find((each) => each.name === table)
    ?.columns.find(
      (each) => each.generated !== null && mentionsIdentifier(each.generated.expression, column),
    );
  if (computed && computed.name !== column) {
    throw new OperationError(
      'OPERATION_INVALID',
      `Column "${column}" of "${table}" cannot be dropped: "${computed.name}" is computed from it.`,
      { hint: `Drop "${computed.name}" first.`, facts: { table, column } },
    );
  }
}

/** Adds the column again, and what it took with it, without its values. */
export function reverseDropColumn(operation: DropColumn, before: Schema): Operation[] {
  const table = requireTable(before, operation.table);
  const column = requireColumn(table, operation.column);
  const { name } = column;
  const constraints = [
    ...(table.primaryKey?.columns.includes(name) ? [table.primaryKey] : []),
    ...table.uniques.filter((each) => each.columns.includes(name)),
    ...table.checks.filter((each) => checkUses(each, name)),
    ...table.foreignKeys.filter((each) => each.columns.includes(name)),
  ];
  return [
    { kind: 'addColumn', table: table.name, column, uniques: [], checks: [] },
    ...constraints.map((constraint): Operation => {
      if (constraint.kind === 'primaryKey')
        return { kind: 'createPrimaryKey', table: table.name, constraint };
      if (constraint.kind === 'unique')
        return { kind: 'createUniqueConstraint', table: table.name, constraint };
      if (constraint.kind === 'check')
        return { kind: 'createCheckConstraint', table: table.name, constraint };
      return { kind: 'createForeignKey', table: table.name, constraint };
    }),
    ...table.indexes
      .filter((each) => indexUses(each, name))
      .map((index): Operation => ({ kind: 'createIndex', table: table.name, index, concurrently: false })),
  ];
}
