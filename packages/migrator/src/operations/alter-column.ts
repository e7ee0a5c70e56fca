import { OperationError } from '../errors.ts';
import type { Column } from '../schema/column.ts';
import type { SqlValue } from '../schema/expression.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import { withEnumValues, withoutUnusedEnums } from './enum-types.ts';
import type { AlterColumn, ColumnChange } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

export interface AlterColumnOptions extends ColumnChange {
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

export function applyAlterColumn(schema: Schema, operation: AlterColumn): Schema {
  const table = requireTable(schema, operation.table);
  const column = requireColumn(table, operation.column);
  const changed: Column = { ...column, ...operation.change };
  const columns = table.columns.map((each) => (each.name === column.name ? changed : each));
  const altered = replaceTable(schema, table.name, { ...table, columns });
  return withoutUnusedEnums(schema, withEnumValues(altered, changed.type));
}

/** Sets back what was changed; a value converted by `using` is converted back by the database's own rules. */
export function reverseAlterColumn(operation: AlterColumn, before: Schema): AlterColumn {
  const column = requireColumn(requireTable(before, operation.table), operation.column);
  const keys = Object.keys(operation.change) as (keyof ColumnChange)[];
  const change = Object.fromEntries(keys.map((key) => [key, column[key]])) as ColumnChange;
  return { ...operation, change, using: null, backfill: null, allowDataLoss: false, concurrently: false };
}
