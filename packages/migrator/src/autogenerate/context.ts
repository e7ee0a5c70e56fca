import type { Table } from '../schema/table.ts';
import type { ColumnPlan } from './column-plan.ts';
import type { Ambiguity, Decisions } from './comparison.ts';
import type { Edit } from './edit.ts';
import type { Models, ModelTable } from './models.ts';

/** What the aspects of a comparison share. Tables are in the order of the database, models in theirs. */
export interface ComparisonContext {
  readonly edit: Edit;
  readonly models: Models;
  /** The tables before all changes but renames, by name, in neutral terms where the history knows them. */
  readonly before: ReadonlyMap<string, Table>;
  /** Whether the scripts are compared with a database, instead of a database with models. */
  readonly settled: boolean;
  readonly decisions: Decisions;
  readonly ambiguities: Ambiguity[];
  /** Names of tables that no model has. */
  readonly extra: ReadonlySet<string>;
  /** Tables of the models that the database does not have, in the models' terms. */
  readonly missing: readonly ModelTable[];
  /** By the name of the table; of those that both sides have. */
  readonly plans: ReadonlyMap<string, ColumnPlan>;
  /** Tables whose primary key is created in this comparison. */
  readonly createdKeys: Set<string>;
}

/** The tables that both sides have, as they are by now. */
export function commonTables({
  edit,
  models,
  extra,
  missing,
}: ComparisonContext): { live: Table; model: ModelTable }[] {
  const created = new Set(missing.map((each) => each.neutral.name));
  return edit.schema.tables.flatMap((live) => {
    const model = models.get(live.name);
    return model && !extra.has(live.name) && !created.has(live.name) ? [{ live, model }] : [];
  });
}
