import { alterColumn } from '../operations/alter-column.ts';
import type { ColumnChange } from '../operations/operation.ts';
import type { Column } from '../schema/column.ts';
import { isSqlExpression, sql } from '../schema/expression.ts';
import { columnChange } from './column-change.ts';
import type { ColumnSql } from './comparison.ts';
import type { ComparisonContext } from './context.ts';
import { flagName } from './decision-flags.ts';
import { mayNeedUsing } from './type-cast.ts';

/** Drops the columns that are to be computed in another way; their values are computed again. */
export function dropRegenerated({ edit, plans, decisions }: ComparisonContext): void {
  for (const plan of plans.values()) {
    for (const { live } of plan.regenerated.toReversed()) {
      const allowDataLoss = live.generated !== null || isAllowed(plan.table, live.name, decisions.drops);
      edit.add({ kind: 'dropColumn', table: plan.table, column: live.name, allowDataLoss });
    }
  }
}

/** Adds what the models have and the database does not, and what {@link dropRegenerated} took. */
export function addColumns(context: ComparisonContext): void {
  for (const plan of context.plans.values()) {
    for (const column of plan.added) addColumn(context, plan.table, column);
    for (const { neutral } of plan.regenerated) addColumn(context, plan.table, neutral);
  }
}

function addColumn(context: ComparisonContext, table: string, column: Column): void {
  const { edit, decisions } = context;
  const backfill = findSql(decisions.backfills, table, column.name);
  const empty = !column.nullable && !hasValueOfItsOwn(column);
  if (empty && backfill !== undefined) {
    addPlainColumn(context, table, { ...column, nullable: true });
    edit.add(alterColumn(table, column.name, { nullable: false, backfill: sql(backfill) }));
    return;
  }
  addPlainColumn(context, table, column);
  if (empty && !mayBeRenamed(context, table, column)) askBackfill(context, table, column, 'noRows');
}

/** Whether it is asked first if another column has become this one: its values would be there. */
function mayBeRenamed({ ambiguities }: ComparisonContext, table: string, { name }: Column): boolean {
  return ambiguities.some(
    (each) =>
      each.table === table &&
      each.choices.some(({ decision }) =>
        decision.renames?.some((rename) => rename.table === table && rename.to === name),
      ),
  );
}

function addPlainColumn({ edit }: ComparisonContext, table: string, column: Column): void {
  edit.add({ kind: 'addColumn', table, column, uniques: [], checks: [] });
}

function hasValueOfItsOwn(column: Column): boolean {
  return column.serverDefault !== null || column.autoincrement !== false || column.generated !== null;
}

/** A column that is to count up waits for its key: see {@link countUp}. */
export function alterColumns(context: ComparisonContext): void {
  for (const { table, column, change } of changesNow(context)) {
    const { autoincrement: _, ...others } = change;
    const waits = waitsForKey(context, table, column.neutral);
    const now = waits ? others : change;
    if (Object.keys(now).length > 0) alterOne(context, table, column.live, column.neutral, now);
  }
}

/** Lets columns count up whose key has only just been created. */
export function countUp(context: ComparisonContext): void {
  for (const { table, plan } of [...context.plans].map(([name, each]) => ({ table: name, plan: each }))) {
    const primaryKey = context.edit.table(table)?.primaryKey;
    for (const { neutral, change } of plan.changed) {
      const { autoincrement } = change;
      const created = context.createdKeys.has(table) && primaryKey?.columns.includes(neutral.name);
      if (created && autoincrement) context.edit.add(alterColumn(table, neutral.name, { autoincrement }));
    }
  }
}

function waitsForKey({ edit }: ComparisonContext, table: string, column: Column): boolean {
  const counts = column.autoincrement !== false;
  return counts && !edit.table(table)?.primaryKey?.columns.includes(column.name);
}

/** What is left to change after keys and checks stepped aside. */
function changesNow(context: ComparisonContext) {
  const { edit, models, plans } = context;
  return [...plans.values()].flatMap((plan) => {
    const table = edit.table(plan.table);
    return plan.changed.flatMap(({ live, neutral }) => {
      const now = table?.columns.find((each) => each.name === live.name);
      const model = models.get(plan.table)?.columns.get(live.name);
      const change = table && now && model && columnChange({ live: now, ...model }, table, edit.dialect);
      return change ? [{ table: plan.table, column: { live, neutral }, change }] : [];
    });
  });
}

function alterOne(
  context: ComparisonContext,
  table: string,
  live: Column,
  neutral: Column,
  change: ColumnChange,
): void {
  const { edit, decisions } = context;
  const backfill = findSql(decisions.backfills, table, live.name);
  const using = findSql(decisions.usings, table, live.name);
  const refusesNull = change.nullable === false;
  edit.add(
    alterColumn(table, live.name, {
      ...change,
      ...(using !== undefined && change.type !== undefined ? { using } : {}),
      ...(backfill !== undefined && refusesNull ? { backfill: sql(backfill) } : {}),
    }),
  );
  if (refusesNull && backfill === undefined) askBackfill(context, table, neutral, 'noNulls');
  if (change.type !== undefined && using === undefined && mayNeedUsing(live, neutral, edit.dialect)) {
    askUsing(context, table, live, neutral);
  }
}

function askBackfill(
  { ambiguities }: ComparisonContext,
  table: string,
  column: Column,
  unless: 'noRows' | 'noNulls',
): void {
  const value = `${flagName(table)}.${flagName(column.name)}=SQL`;
  const proposed = column.serverDefault;
  ambiguities.push({
    kind: 'backfill',
    table,
    column: column.name,
    question:
      unless === 'noRows'
        ? `Column "${column.name}" is added to "${table}", which has rows, without a default and takes no NULL.`
        : `Column "${column.name}" of "${table}" holds NULLs and is to take none.`,
    choices: [
      {
        label: `fill it with an SQL expression${proposed === null ? '' : `, such as its default ${text(proposed)}`}`,
        flag: ['--backfill', value],
        decision: {},
      },
    ],
    unless,
  });
}

function text(value: NonNullable<Column['serverDefault']>): string {
  return isSqlExpression(value) ? value.text : JSON.stringify(value);
}

function askUsing(
  { ambiguities, edit }: ComparisonContext,
  table: string,
  live: Column,
  neutral: Column,
): void {
  const [from, to] = [edit.dialect.renderType(live.type), edit.dialect.renderType(neutral.type)];
  ambiguities.push({
    kind: 'using',
    table,
    column: live.name,
    question: `Column "${live.name}" of "${table}" changes from ${from} to ${to}, which the database does not convert by itself.`,
    choices: [
      {
        label: 'convert it with an SQL expression over the old row',
        flag: ['--using', `${flagName(table)}.${flagName(live.name)}=SQL`],
        decision: {},
      },
    ],
    unless: 'noRows',
  });
}

export function dropColumns(context: ComparisonContext): void {
  for (const plan of context.plans.values()) {
    // A column may be computed from one that stands before it.
    for (const column of plan.dropped.toReversed()) {
      const allowDataLoss = isAllowed(plan.table, column.name, context.decisions.drops);
      context.edit.add({ kind: 'dropColumn', table: plan.table, column: column.name, allowDataLoss });
    }
  }
}

function isAllowed(table: string, column: string, drops: ComparisonContext['decisions']['drops']): boolean {
  return drops.some((each) => each.table === table && each.column === column);
}

function findSql(all: readonly ColumnSql[], table: string, column: string): string | undefined {
  return all.find((each) => each.table === table && each.column === column)?.sql;
}
