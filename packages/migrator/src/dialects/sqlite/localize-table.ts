import type {
  AddColumn,
  AlterColumn,
  ColumnChange,
  CreateTable,
  MisfittingDefault,
} from '../../operations/operation.ts';
import { requireColumn, requireTable } from '../../operations/require.ts';
import type { Column } from '../../schema/column.ts';
import type { CheckConstraint } from '../../schema/constraint.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Table } from '../../schema/table.ts';
import { renderType } from './data-type.ts';
import { defaultOfNew, defaultOfType, misfitOf } from './default-of-type.ts';
import { checksOfType, enumChecksOf, enumValuesOf } from './enum-check.ts';
import {
  asCounting,
  isIntegerType,
  localizeColumn,
  localizeKey,
  localizeKeyColumn,
} from './localize-column.ts';
import { localizeConstraint } from './localize-constraint.ts';
import { localizeIndex } from './localize-index.ts';
import { invalid, notSupported } from './refusal.ts';
import { requireFreeColumn, requireFreeName } from './resolve-name.ts';
import { foldName } from './sql-text.ts';

export function localizeCreateTable(operation: CreateTable, schema: Schema): CreateTable {
  const given = operation.definition;
  requireFreeName(schema, given.name);
  requireDistinctColumns(given);
  const enumChecks = given.columns.flatMap((column) => checksOfType(column.name, column.type));
  const table: Table = {
    ...given,
    columns: given.columns.map((column) =>
      localizeColumn(given, { ...column, serverDefault: defaultOfNew(column) }),
    ),
    comment: null,
  };
  const definition: Table = {
    ...table,
    columns: localizeKey(table),
    primaryKey: table.primaryKey && localizeConstraint(table.primaryKey, table, schema),
    uniques: table.uniques.map((each) => localizeConstraint(each, table, schema)),
    checks: [...table.checks.map((each) => localizeConstraint(each, table, schema)), ...enumChecks],
    foreignKeys: table.foreignKeys.map((each) => localizeConstraint(each, table, schema)),
    indexes: table.indexes.map((each) => localizeIndex(table, each)),
  };
  requireBuildable(definition);
  const misfit = firstMisfit(given.columns);
  return { ...operation, definition, ...(misfit && { misfit }) };
}

function firstMisfit(columns: readonly Column[]): MisfittingDefault | undefined {
  for (const column of columns) {
    const misfit = misfitOf(column);
    if (misfit) return misfit;
  }
  return undefined;
}

function requireDistinctColumns(table: Table): void {
  const seen = new Set<string>();
  for (const { name } of table.columns) {
    if (seen.has(foldName(name))) requireFreeColumn({ ...table, columns: table.columns.slice(0, -1) }, name);
    seen.add(foldName(name));
  }
}

/**
 * Refuses a table that SQLite cannot have.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED`.
 */
export function requireBuildable(table: Table): void {
  if (table.columns.every((column) => column.generated !== null)) {
    throw notSupported(
      `On SQLite table "${table.name}" cannot be without a column of its own.`,
      'Leave it a column that is not computed, or drop the table.',
      { table: table.name },
    );
  }
  if (table.withoutRowid && !table.primaryKey) {
    throw notSupported(
      `Table "${table.name}" is WITHOUT ROWID and cannot be without a primary key.`,
      'Create the new primary key in the same revision.',
      { table: table.name },
    );
  }
  localizeKey(table);
}

/** A column that counts up is taken as it is: the key that makes it do so is created behind it. */
export function localizeAddColumn(operation: AddColumn, schema: Schema): AddColumn {
  const table = requireTable(schema, operation.table);
  requireFreeColumn(table, operation.column.name);
  const given = operation.column;
  const column = localizeColumn(table, { ...given, serverDefault: defaultOfNew(given) });
  const misfit = misfitOf(given);
  const withIt = { ...table, columns: [...table.columns, column] };
  return {
    ...operation,
    column: column.autoincrement !== false && isIntegerType(column.type) ? asCounting(column) : column,
    uniques: operation.uniques.map((each) => localizeConstraint(each, withIt, schema)),
    checks: [
      ...operation.checks.map((each) => localizeConstraint(each, withIt, schema)),
      ...checksOfType(column.name, given.type),
    ],
    ...(misfit && { misfit }),
  };
}

/** What remains of the change is what differs on SQLite; nothing may remain. */
export function localizeAlterColumn(operation: AlterColumn, schema: Schema): AlterColumn {
  const table = requireTable(schema, operation.table);
  const before = requireColumn(table, operation.column);
  const after = localizedAfter(table, before, operation.change);
  if (after.nullable && !before.nullable && table.primaryKey?.columns.includes(before.name)) {
    throw invalid(
      `Column "${before.name}" of "${table.name}" is part of the primary key and cannot take NULL.`,
      "Drop the primary key first with dropConstraint(name, table, { type: 'primaryKey' }).",
      { table: table.name, column: before.name },
    );
  }
  if (before.generated !== null && (operation.using !== null || operation.backfill !== null)) {
    throw invalid(
      `Column "${before.name}" of "${table.name}" is computed and takes no values.`,
      'Leave out `using` and `backfill`.',
      { table: table.name, column: before.name },
    );
  }
  const typeChecks = operation.change.type && changedChecks(table, before, operation.change.type);
  const misfit = misfitOfAlteration(table, before, operation.change);
  return {
    ...operation,
    change: differences(before, after),
    concurrently: false,
    ...(typeChecks ? { typeChecks } : {}),
    ...(misfit && { misfit }),
  };
}

/** Where the type changes along, {@link defaultOfType} has judged the default. What stands is not for the change to mend. */
function misfitOfAlteration(
  table: Table,
  before: Column,
  change: ColumnChange,
): MisfittingDefault | undefined {
  const { serverDefault = null } = change;
  if (serverDefault === before.serverDefault) return undefined;
  if (change.type !== undefined && (change.type.kind === 'enum' || !isSameType(table, before, change))) {
    return undefined;
  }
  const values = enumValuesOf(before, table.checks);
  const type: DataType =
    values === null ? (change.type ?? typeInside(table, before)) : { kind: 'enum', name: '', values };
  return misfitOf({ ...before, type, serverDefault });
}

/** A STRICT table has one type for all whole numbers. */
function typeInside({ strict }: Table, { type }: Column): DataType {
  return strict && type.kind === 'integer' ? { kind: 'bigInteger' } : type;
}

function localizedAfter(table: Table, before: Column, change: ColumnChange): Column {
  const { declared, ...rest } = before;
  const sameType = change.type === undefined || isSameType(table, before, change);
  let given: Column = sameType
    ? { ...before, ...change, type: before.type, ...(declared === undefined ? {} : { declared }) }
    : { ...rest, ...change };
  if (change.type !== undefined && (!sameType || change.type.kind === 'enum')) {
    given = { ...given, serverDefault: defaultOfType(table.name, before, change.type, given.serverDefault) };
  }
  if (change.serverDefault !== undefined) given = { ...given, serverDefault: defaultOfNew(given) };
  const counting = change.autoincrement ?? (isIntegerType(given.type) ? before.autoincrement : false);
  const changed = localizeColumn(table, { ...given, autoincrement: counting });
  const columns = table.columns.map((each) => (each.name === before.name ? changed : each));
  return localizeKeyColumn({ ...table, columns }, changed);
}

function isSameType(table: Table, before: Column, change: ColumnChange): boolean {
  if (change.type === undefined || change.declared !== undefined) return change.declared === before.declared;
  const { type } = localizeColumn(table, { ...before, declared: undefined, type: change.type });
  return renderType(type) === renderType(before.type);
}

const comparedKeys = ['type', 'declared', 'nullable', 'serverDefault', 'autoincrement', 'collation'] as const;

function differences(before: Column, after: Column): ColumnChange {
  const differs = comparedKeys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  // A new text for the type is a new type.
  const keys =
    differs.includes('declared') && !differs.includes('type') ? ['type' as const, ...differs] : differs;
  return Object.fromEntries(keys.filter((key) => after[key] !== undefined).map((key) => [key, after[key]]));
}

function changedChecks(table: Table, before: Column, type: Column['type']): AlterColumn['typeChecks'] {
  const drop: CheckConstraint[] = enumChecksOf(before, table.checks);
  const add = checksOfType(before.name, type);
  const same =
    JSON.stringify(drop.map((each) => each.expression)) ===
    JSON.stringify(add.map((each) => each.expression));
  return same ? undefined : { drop, add };
}
