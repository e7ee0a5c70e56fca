import type { ForeignKey } from '../schema/constraint.ts';
import type { Table } from '../schema/table.ts';
import { disturbedColumns } from './column-plan.ts';
import { sameNamedConstraint, sameNames } from './constraint-definition.ts';
import { type ComparisonContext, commonTables } from './context.ts';
import { dropConstraintOperation } from './drop-operation.ts';
import { plainUniqueColumns } from './index-definition.ts';
import type { ModelTable } from './models.ts';
import { creationOrder } from './table-order.ts';

/** Drops the keys that no model has, and those in the way of other changes: {@link createForeignKeys} brings these back. */
export function dropForeignKeys(context: ComparisonContext): void {
  const disturbed = new Map([...context.plans].map(([table, plan]) => [table, disturbedColumns(plan)]));
  for (const { live, model } of commonTables(context)) {
    for (const key of live.foreignKeys) {
      const kept = model.neutral.foreignKeys.some((each) => sameNamedConstraint(key, each));
      const mustGo = kept
        ? isInTheWay(key, live, context, disturbed)
        : !goesWithColumn(key, live.name, context, disturbed);
      if (mustGo) context.edit.add(dropConstraintOperation(live.name, key));
    }
  }
  for (const table of context.edit.schema.tables.filter(({ name }) => context.extra.has(name))) {
    for (const key of table.foreignKeys) {
      if (isInTheWay(key, table, context, disturbed)) {
        context.edit.add(dropConstraintOperation(table.name, key));
      }
    }
  }
  dropCircles(context);
}

type Disturbed = ReadonlyMap<string, ReadonlySet<string>>;

function isInTheWay(key: ForeignKey, live: Table, context: ComparisonContext, disturbed: Disturbed): boolean {
  return (
    key.columns.some((column) => disturbed.get(live.name)?.has(column)) ||
    key.refColumns.some((column) => disturbed.get(key.refTable)?.has(column)) ||
    losesItsTarget(key, context)
  );
}

/** Whether the unique key that a foreign key rests on is about to be dropped. */
function losesItsTarget(key: ForeignKey, { edit, models }: ComparisonContext): boolean {
  const [live, model] = [edit.table(key.refTable), models.get(key.refTable)];
  if (!live || !model) return false;
  const before = uniqueKeys(live).filter(({ columns }) => sameSet(columns, key.refColumns));
  const wanted = uniqueKeys(model.localized);
  const isKept = (each: UniqueKey) => wanted.some((other) => sameKey(each, other));
  return before.length > 0 && !before.some(isKept);
}

/** Whether a new table can have the key at once: what it refers to is there, and stays as it is. */
export function canReferNow(key: ForeignKey, { edit, plans }: ComparisonContext): boolean {
  const [target, plan] = [edit.table(key.refTable), plans.get(key.refTable)];
  // A table that is created, too, has its keys.
  if (!target || !plan) return true;
  const disturbed = disturbedColumns(plan);
  return (
    uniqueKeys(target).some(({ columns }) => sameSet(columns, key.refColumns)) &&
    !key.refColumns.some((column) => disturbed.has(column))
  );
}

interface UniqueKey {
  readonly kind: 'primaryKey' | 'unique' | 'index';
  readonly name: string | null;
  readonly columns: readonly string[];
}

function uniqueKeys(table: Table): UniqueKey[] {
  return [
    ...(table.primaryKey ? [table.primaryKey] : []),
    ...table.uniques,
    ...table.indexes.flatMap((index) => {
      const columns = plainUniqueColumns(index);
      return columns === null ? [] : [{ kind: 'index' as const, name: index.name, columns }];
    }),
  ];
}

/** One of another name or kind is dropped, and made again. */
function sameKey(left: UniqueKey, right: UniqueKey): boolean {
  const names = left.name === null || right.name === null || left.name === right.name;
  return left.kind === right.kind && names && sameNames(left.columns, right.columns);
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return sameNames([...left].sort(), [...right].sort());
}

/** A key that nothing else is waiting for is dropped with its column. */
function goesWithColumn(
  key: ForeignKey,
  table: string,
  { plans, extra }: ComparisonContext,
  disturbed: Disturbed,
): boolean {
  const dropped = new Set(plans.get(table)?.dropped.map((column) => column.name));
  return (
    key.columns.some((column) => dropped.has(column)) &&
    !extra.has(key.refTable) &&
    !key.refColumns.some((column) => disturbed.get(key.refTable)?.has(column))
  );
}

/** Tables that are dropped and refer to each other in a circle cannot be dropped one by one. */
function dropCircles({ edit, extra }: ComparisonContext): void {
  const dropped = edit.schema.tables.filter((table) => extra.has(table.name));
  for (const { table, key } of creationOrder(dropped).postponed)
    edit.add(dropConstraintOperation(table, key));
}

/** Adds the keys that the models have and the tables do not. */
export function createForeignKeys({ edit, models }: ComparisonContext): void {
  for (const model of models.values()) {
    const live = edit.table(model.neutral.name);
    for (const constraint of missingKeys(model, live)) {
      edit.add({ kind: 'createForeignKey', table: model.neutral.name, constraint });
    }
    validateForeignKeys(edit, model, live);
  }
}

function missingKeys(model: ModelTable, live: Table | undefined): ForeignKey[] {
  const there = [...(live?.foreignKeys ?? [])];
  return model.neutral.foreignKeys.filter((key) => {
    const at = there.findIndex((each) => sameNamedConstraint(each, key));
    if (at !== -1) there.splice(at, 1);
    return at === -1;
  });
}

function validateForeignKeys(
  edit: ComparisonContext['edit'],
  model: ModelTable,
  live: Table | undefined,
): void {
  for (const key of live?.foreignKeys ?? []) {
    const wanted = model.neutral.foreignKeys.find((each) => sameNamedConstraint(each, key));
    if (!key.notValid || key.name === null || !wanted || wanted.notValid) continue;
    edit.add({ kind: 'validateConstraint', table: model.neutral.name, name: key.name });
  }
}
