import { OperationError } from '../errors.ts';
import type { Column } from '../schema/column.ts';
import type { CheckConstraint } from '../schema/constraint.ts';
import type { SqlValue } from '../schema/expression.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { withEnumValues, withoutUnusedEnums } from './enum-types.ts';
import type { AlterColumn, ColumnChange } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

export interface AlterColumnOptions extends Omit<ColumnChange, 'declared'> {
  readonly using?: string;
  readonly backfill?: SqlValue;
  readonly allowDataLoss?: boolean;
  /**
   * PostgreSQL, with `nullable: false`: reads the rows of a big table without keeping others from writing. Nothing else
   * may change along.
   */
  readonly concurrently?: boolean;
}

/** @throws OperationError `OPERATION_INVALID` for `concurrently` with anything but `nullable: false`. */
export function alterColumn(table: string, column: string, options: AlterColumnOptions): AlterColumn {
  const { using, backfill, allowDataLoss, concurrently, ...given } = options;
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (concurrently) refuseMore(table, column, change);
  return {
    kind: 'alterColumn',
    table,
    column,
    change,
    using: using ?? null,
    backfill: backfill ?? null,
    allowDataLoss: allowDataLoss ?? false,
    concurrently: concurrently ?? false,
  };
}

function refuseMore(table: string, column: string, change: ColumnChange): void {
  if (change.nullable === false && Object.keys(change).length === 1) return;
  throw new OperationError(
    'OPERATION_INVALID',
    `Column "${column}" of "${table}" can only be made NOT NULL concurrently, with no other change.`,
    {
      hint: 'Give `concurrently` with `nullable: false` alone, and the other changes in a call of their own.',
      facts: { table, column },
    },
  );
}

/** @throws OperationError `OPERATION_INVALID` for a default of a computed column. */
export function applyAlterColumn(schema: Schema, operation: AlterColumn): Schema {
  const table = requireTable(schema, operation.table);
  const column = requireColumn(table, operation.column);
  refuseDefaultOfComputed(table, column, operation.change);
  const changed = withChange(column, operation.change);
  const columns = table.columns.map((each) => (each.name === column.name ? changed : each));
  const { drop, add } = operation.typeChecks ?? { drop: [], add: [] };
  const isDropped = (check: CheckConstraint) => drop.some((each) => each.expression === check.expression);
  const checks = [...table.checks.filter((each) => !isDropped(each)), ...add];
  const altered = replaceTable(schema, table.name, { ...table, columns, checks });
  return withoutUnusedEnums(schema, withEnumValues(altered, changed.type));
}

function refuseDefaultOfComputed(table: Table, column: Column, { serverDefault }: ColumnChange): void {
  if (column.generated === null || serverDefault === undefined || serverDefault === null) return;
  throw new OperationError(
    'OPERATION_INVALID',
    `Column "${column.name}" of "${table.name}" is computed and cannot have a default.`,
    {
      hint: 'Leave `serverDefault` out, or drop the column and add it again without `generated`.',
      facts: { table: table.name, column: column.name },
    },
  );
}

/** The text that declared the old type does not outlive it. */
function withChange(column: Column, change: ColumnChange): Column {
  if (change.type === undefined) return { ...column, ...change };
  const { declared: _, ...rest } = column;
  return { ...rest, ...change };
}

/** Sets back what was changed; a value converted by `using` is converted back by the database's own rules. */
export function reverseAlterColumn(operation: AlterColumn, before: Schema): AlterColumn {
  const column = requireColumn(requireTable(before, operation.table), operation.column);
  const keys = Object.keys(operation.change) as (keyof ColumnChange)[];
  if (keys.includes('type')) keys.push('declared');
  const values = keys.map((key) => [key, column[key]]).filter(([, value]) => value !== undefined);
  const { typeChecks } = operation;
  return {
    ...operation,
    change: Object.fromEntries(values) as ColumnChange,
    using: null,
    backfill: null,
    allowDataLoss: false,
    concurrently: false,
    ...(typeChecks && { typeChecks: { drop: typeChecks.add, add: typeChecks.drop } }),
  };
}
