import { alterColumn } from '../operations/alter-column.ts';
import { apply } from '../operations/apply.ts';
import type { AddColumn, Operation } from '../operations/operation.ts';
import { requireTable } from '../operations/require.ts';
import { reverse } from '../operations/reverse.ts';
import type { Schema } from '../schema/schema.ts';
import type { Comparison } from './comparison.ts';
import { withDefaultsAsTheyAre } from './default-as-it-is.ts';
import { standInFor } from './stand-in.ts';

/**
 * What takes the operations of a comparison back, exactly: to the schema they were worked out for.
 *
 * A value that got another type is converted back by the database, which refuses what is no value of the old type. The
 * values of dropped columns and tables do not come back: a column that takes no NULL is filled with an empty value that
 * the script names.
 */
export function downgradeOf(comparison: Pick<Comparison, 'operations' | 'before'>): Operation[] {
  const steps: Operation[][] = [];
  let schema = comparison.before;
  for (const operation of comparison.operations) {
    const before = schema;
    const back = (reverse(operation, before) ?? []).map((each) => withDefaultsAsTheyAre(each, before));
    steps.push(back.flatMap((each) => (each.kind === 'addColumn' ? withStandIn(each, before) : [each])));
    schema = apply(schema, operation);
  }
  return steps.reverse().flat();
}

/** A column added back as it can be where there are rows. */
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
