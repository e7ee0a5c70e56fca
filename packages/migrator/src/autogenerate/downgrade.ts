import type { Dialect } from '../dialects/dialect.ts';
import { alterColumn } from '../operations/alter-column.ts';
import { apply } from '../operations/apply.ts';
import type { AddColumn, AlterColumn, Operation } from '../operations/operation.ts';
import { requireColumn, requireTable } from '../operations/require.ts';
import { reverse } from '../operations/reverse.ts';
import type { Schema } from '../schema/schema.ts';
import type { Comparison } from './comparison.ts';
import { standInFor } from './stand-in.ts';
import { castBetweenNumbers } from './type-cast.ts';

/**
 * What takes the operations of a comparison back, exactly: to the schema they were worked out for.
 *
 * A number or truth value that was read from another kind of value is converted back by a cast, where PostgreSQL has none
 * of its own accord. The values of dropped columns and tables do not come back: a column that takes no NULL is filled with
 * an empty value that the script names.
 */
export function downgradeOf(
  comparison: Pick<Comparison, 'operations' | 'before'>,
  dialect: Dialect,
): Operation[] {
  const steps: Operation[][] = [];
  let schema = comparison.before;
  for (const operation of comparison.operations) {
    const after = apply(schema, operation);
    const back = reverse(operation, schema) ?? [];
    steps.push(back.flatMap((each) => runnable(each, schema, after, dialect)));
    schema = after;
  }
  return steps.reverse().flat();
}

/** A step back as it can run where there are rows. */
function runnable(operation: Operation, before: Schema, after: Schema, dialect: Dialect): Operation[] {
  if (operation.kind === 'alterColumn') return [withCast(operation, after, dialect)];
  return operation.kind === 'addColumn' ? withStandIn(operation, before) : [operation];
}

function withStandIn(operation: AddColumn, before: Schema): Operation[] {
  const { table, column } = operation;
  const valued = column.nullable || column.serverDefault !== null || column.generated !== null;
  const backfill = valued || column.autoincrement ? null : standInFor(column, requireTable(before, table));
  if (backfill === null) return [operation];
  return [
    { ...operation, column: { ...column, nullable: true } },
    alterColumn(table, column.name, { nullable: false, backfill }),
  ];
}

function withCast(operation: AlterColumn, before: Schema, dialect: Dialect): AlterColumn {
  const { type } = operation.change;
  if (type === undefined) return operation;
  const column = requireColumn(requireTable(before, operation.table), operation.column);
  return { ...operation, using: castBetweenNumbers(column, type, dialect) };
}
