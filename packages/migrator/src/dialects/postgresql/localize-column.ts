import { OperationError } from '../../errors.ts';
import type { AddColumn, AlterColumn, ColumnChange } from '../../operations/operation.ts';
import { requireColumn, requireTable } from '../../operations/require.ts';
import type { Column } from '../../schema/column.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { localizeType } from './data-type.ts';
import { misfitOf, requireFittingDefault } from './default-of-type.ts';
import { normalizeDefault } from './default-value.ts';
import { requireEnumAsIs, requireEnumNames } from './enum-type.ts';
import { ConstraintNames, requireName } from './object-name.ts';

/** @throws OperationError `OPERATION_INVALID` for a column that cannot count up. */
export function localizeColumn(table: string, column: Column): Column {
  requireName('column', column.name);
  const type = localizeType(column.type);
  requireEnumNames(type);
  const localized: Column = {
    ...column,
    type,
    // A serial or identity column is NOT NULL, said or not.
    nullable: column.nullable && column.autoincrement === false,
    serverDefault: normalizeDefault(column.serverDefault, type),
    collation: column.collation === 'default' ? null : column.collation,
    // An empty comment is none.
    comment: column.comment === '' ? null : column.comment,
  };
  requireCountable(table, localized);
  return localized;
}

function requireCountable(table: string, column: Column): void {
  if (column.autoincrement === false) return;
  const problem = ['integer', 'smallInteger', 'bigInteger'].includes(column.type.kind)
    ? column.serverDefault !== null
      ? 'it has a default'
      : column.generated !== null
        ? 'it is computed'
        : null
    : 'it is no integer';
  if (problem === null) return;
  throw new OperationError(
    'OPERATION_INVALID',
    `Column "${column.name}" of "${table}" cannot count up: ${problem}.`,
    {
      hint: 'Leave autoincrement out, or remove what contradicts it.',
      facts: { table, column: column.name },
    },
  );
}

export function localizeAddColumn(operation: AddColumn, schema: Schema): AddColumn {
  const before = requireTable(schema, operation.table);
  const column = localizeColumn(operation.table, operation.column);
  requireEnumAsIs(schema, [column]);
  const table = { ...before, columns: [...before.columns, column] };
  const names = new ConstraintNames(schema);
  const checks = operation.checks.map((each) => names.name(table, each));
  const uniques = operation.uniques.map((each) => names.name(table, each));
  for (const each of [...checks, ...uniques]) requireName('constraint', each.name ?? '');
  const misfit = misfitOf(operation.column.serverDefault, column);
  return { ...operation, column, checks, uniques, ...(misfit && { misfit }) };
}

/** Fills in what PostgreSQL changes along: a column that counts up is NOT NULL, a default follows the type. */
export function localizeAlterColumn(operation: AlterColumn, schema: Schema): AlterColumn {
  const table = requireTable(schema, operation.table);
  const before = requireColumn(table, operation.column);
  if (operation.change.nullable) refuseKeyColumn(table, before);
  const given = operation.change;
  const altered = { ...before, ...given };
  const after = localizeColumn(operation.table, altered);
  const sameType = JSON.stringify(before.type) === JSON.stringify(after.type);
  if (!sameType) requireFittingDefault(operation.table, before.name, altered.serverDefault, after.type);
  const misfit = sameType ? misfitOf(given.serverDefault ?? null, after) : undefined;
  const change: ColumnChange = {
    ...given,
    ...(given.type === undefined ? {} : { type: after.type }),
    ...(after.nullable === before.nullable && given.nullable === undefined
      ? {}
      : { nullable: after.nullable }),
    ...(given.serverDefault === undefined && after.serverDefault === before.serverDefault
      ? {}
      : { serverDefault: after.serverDefault }),
    ...(given.collation === undefined ? {} : { collation: after.collation }),
    ...(given.comment === undefined ? {} : { comment: after.comment }),
  };
  return { ...operation, change, ...(misfit && { misfit }) };
}

function refuseKeyColumn(table: Table, column: Column): void {
  if (!table.primaryKey?.columns.includes(column.name)) return;
  throw new OperationError(
    'OPERATION_INVALID',
    `Column "${column.name}" of "${table.name}" is in the primary key and cannot hold NULL.`,
    {
      hint: "Drop the primary key first with dropConstraint(name, table, { type: 'primaryKey' }).",
      facts: { table: table.name, column: column.name },
    },
  );
}
