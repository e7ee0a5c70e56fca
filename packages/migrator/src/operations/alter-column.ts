import type { Column } from '../schema/column.ts';
import type { SqlValue } from '../schema/expression.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import { withEnumsOf } from './enum-types.ts';
import type { AlterColumn, ColumnChange } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

export interface AlterColumnOptions extends ColumnChange {
  readonly using?: string;
  readonly backfill?: SqlValue;
  readonly allowDataLoss?: boolean;
}

export function alterColumn(table: string, column: string, options: AlterColumnOptions): AlterColumn {
  const { using, backfill, allowDataLoss, ...given } = options;
  const change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    kind: 'alterColumn',
    table,
    column,
    change,
    using: using ?? null,
    backfill: backfill ?? null,
    allowDataLoss: allowDataLoss ?? false,
  };
}

export function applyAlterColumn(schema: Schema, operation: AlterColumn): Schema {
  const table = requireTable(schema, operation.table);
  const column = requireColumn(table, operation.column);
  const changed: Column = { ...column, ...operation.change };
  const columns = table.columns.map((each) => (each.name === column.name ? changed : each));
  return withEnumsOf(replaceTable(schema, table.name, { ...table, columns }), [changed]);
}

/** Sets back what was changed; a value converted by `using` is converted back by the database's own rules. */
export function reverseAlterColumn(operation: AlterColumn, before: Schema): AlterColumn {
  const column = requireColumn(requireTable(before, operation.table), operation.column);
  const keys = Object.keys(operation.change) as (keyof ColumnChange)[];
  const change = Object.fromEntries(keys.map((key) => [key, column[key]])) as ColumnChange;
  return { ...operation, change, using: null, backfill: null, allowDataLoss: false };
}
