import type { Column } from '../schema/column.ts';
import type { Table } from '../schema/table.ts';
import type { ColumnPlan } from './column-plan.ts';
import type { Ambiguity, Choice } from './comparison.ts';
import type { ComparisonContext } from './context.ts';
import { flagName } from './decision-flags.ts';
import { columnLikeness, tableLikeness } from './likeness.ts';
import type { ModelTable } from './models.ts';

/** Nothing is dropped without consent; what may have got another name is proposed as a rename first. */
export function askForDrops(context: ComparisonContext): void {
  const { edit, extra, decisions } = context;
  for (const table of edit.schema.tables) {
    const allowed = decisions.drops.some((each) => each.table === table.name && each.column === null);
    if (extra.has(table.name) && !allowed) context.ambiguities.push(askForTable(context, table));
  }
  for (const plan of context.plans.values()) {
    const regenerated = plan.regenerated
      .filter(({ live }) => live.generated === null)
      .map(({ live }) => live);
    for (const column of [...plan.dropped, ...regenerated]) {
      const allowed = decisions.drops.some(
        (each) => each.table === plan.table && each.column === column.name,
      );
      if (!allowed) context.ambiguities.push(askForColumn(context, plan, column));
    }
  }
}

function askForTable({ missing, edit, settled }: ComparisonContext, table: Table): Ambiguity {
  const candidates = missing
    .map((model) => ({ model, likeness: tableLikeness(table, model.localized, edit.dialect) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((left, right) => right.likeness - left.likeness);
  return {
    kind: candidates.length > 0 ? 'renameTable' : 'dropTable',
    table: table.name,
    column: null,
    question: `Table "${table.name}" is ${missingWhere(settled)}.`,
    choices: [
      ...candidates.map(({ model }) => renameTableChoice(table, model)),
      {
        label: 'drop it with its rows',
        flag: ['--allow-drop', flagName(table.name)],
        decision: { drops: [{ table: table.name, column: null }] },
      },
    ],
    unless: null,
  };
}

function missingWhere(settled: boolean): string {
  return settled
    ? 'made by the scripts, and the database does not have it'
    : 'in the database and in no model';
}

function renameTableChoice(table: Table, { neutral }: ModelTable): Choice {
  return {
    label: `rename it to "${neutral.name}"`,
    flag: ['--rename', `${flagName(table.name)}:${flagName(neutral.name)}`],
    decision: { renames: [{ table: null, from: table.name, to: neutral.name }] },
  };
}

function askForColumn(
  { edit, models, settled }: ComparisonContext,
  plan: ColumnPlan,
  column: Column,
): Ambiguity {
  const localized = (name: string) => models.get(plan.table)?.columns.get(name)?.localized;
  const isDropped = plan.dropped.includes(column);
  const candidates = (isDropped ? plan.added : [])
    .filter((added) => (added.generated === null) === (column.generated === null))
    .map((added) => ({
      added,
      likeness: columnLikeness(column, localized(added.name) ?? added, edit.dialect),
    }))
    .sort((left, right) => right.likeness - left.likeness);
  const [table, name] = [flagName(plan.table), flagName(column.name)];
  return {
    kind: candidates.length > 0 ? 'renameColumn' : 'dropColumn',
    table: plan.table,
    column: column.name,
    question: isDropped
      ? `Column "${column.name}" of "${plan.table}" is ${missingWhere(settled)}.`
      : `Column "${column.name}" of "${plan.table}" becomes a computed one, and its values are lost.`,
    choices: [
      ...candidates.map(
        ({ added }): Choice => ({
          label: `rename it to "${added.name}"`,
          flag: ['--rename', `${table}.${name}:${flagName(added.name)}`],
          decision: { renames: [{ table: plan.table, from: column.name, to: added.name }] },
        }),
      ),
      {
        label: 'drop it with its values',
        flag: ['--allow-drop', `${table}.${name}`],
        decision: { drops: [{ table: plan.table, column: column.name }] },
      },
    ],
    unless: null,
  };
}
