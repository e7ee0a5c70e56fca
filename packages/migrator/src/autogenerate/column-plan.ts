import type { Dialect } from '../dialects/dialect.ts';
import type { ColumnChange } from '../operations/operation.ts';
import type { Column } from '../schema/column.ts';
import type { Table } from '../schema/table.ts';
import { columnChange, sameGenerated } from './column-change.ts';
import type { ModelTable } from './models.ts';

/** What happens to the columns of one table that both sides have. */
export interface ColumnPlan {
  readonly table: string;
  /** Columns of the models that the database does not have, in the models' terms. */
  readonly added: readonly Column[];
  /** Columns of the database that no model has. */
  readonly dropped: readonly Column[];
  /** Columns that are or become computed in another way: dropped and added again. */
  readonly regenerated: readonly { readonly live: Column; readonly neutral: Column }[];
  readonly changed: readonly {
    readonly live: Column;
    readonly neutral: Column;
    readonly change: ColumnChange;
  }[];
}

export function columnPlan(live: Table, model: ModelTable, dialect: Dialect): ColumnPlan {
  const names = new Set(live.columns.map((column) => column.name));
  const regenerated: { live: Column; neutral: Column }[] = [];
  const changed: { live: Column; neutral: Column; change: ColumnChange }[] = [];
  for (const column of live.columns) {
    const wanted = model.columns.get(column.name);
    if (!wanted) continue;
    const pair = { live: column, ...wanted };
    const change = columnChange(pair, live, dialect);
    const computedAnew =
      !sameGenerated(pair) || (wanted.neutral.generated !== null && change?.type !== undefined);
    if (computedAnew) regenerated.push({ live: column, neutral: wanted.neutral });
    else if (change) changed.push({ live: column, neutral: wanted.neutral, change });
  }
  return {
    table: live.name,
    added: model.neutral.columns.filter((column) => !names.has(column.name)),
    dropped: live.columns.filter((column) => !model.columns.has(column.name)),
    regenerated,
    changed,
  };
}

/** Columns whose values or existence change, so that keys on them have to step aside. */
export function disturbedColumns(plan: ColumnPlan): Set<string> {
  return new Set([
    ...plan.dropped.map((column) => column.name),
    ...plan.regenerated.map(({ live }) => live.name),
    ...plan.changed.filter(({ change }) => change.type !== undefined).map(({ live }) => live.name),
  ]);
}
