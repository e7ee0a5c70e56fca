import { mentionsIdentifier } from '../schema/sql-lexer.ts';
import type { TableIndex } from '../schema/table-index.ts';
import { type ComparisonContext, commonTables } from './context.ts';
import { droppedColumns, takenNames } from './going-columns.ts';
import { sameIndex } from './index-definition.ts';

/** An index is known by its name; one that does something else under its name is made anew. */
export function dropIndexes(context: ComparisonContext): void {
  const taken = takenNames(context);
  for (const { live, model } of commonTables(context)) {
    const going = droppedColumns(context, live.name);
    for (const index of live.indexes) {
      const wanted = model.localized.indexes.find((each) => each.name === index.name);
      if (wanted && sameIndex(wanted, index, context.edit.dialect)) continue;
      const goes = usesAny(index, going) && !taken.has(index.name);
      if (!goes) context.edit.add(dropIndex(live.name, index));
    }
  }
}

function dropIndex(table: string, index: TableIndex) {
  return { kind: 'dropIndex', name: index.name, table, concurrently: false } as const;
}

function usesAny(index: TableIndex, columns: ReadonlySet<string>): boolean {
  const expressions = [index.where, ...index.columns.map((part) => part.expression)];
  return [...columns].some(
    (column) =>
      index.include.includes(column) ||
      index.columns.some((part) => part.column === column) ||
      expressions.some((each) => each !== null && mentionsIdentifier(each, column)),
  );
}

/** Creates the indexes that are not there, those of new tables included. */
export function createIndexes({ edit, models }: ComparisonContext): void {
  for (const { neutral } of models.values()) {
    const present = new Set(edit.table(neutral.name)?.indexes.map((index) => index.name));
    for (const index of neutral.indexes) {
      if (present.has(index.name)) continue;
      edit.add({ kind: 'createIndex', table: neutral.name, index, concurrently: false });
    }
  }
}
