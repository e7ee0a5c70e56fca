import type { ComparisonContext } from './context.ts';
import { creationOrder } from './table-order.ts';

/** Creates the tables that the models have and the database does not; {@link createForeignKeys} closes circles. */
export function createTables({ edit, missing }: ComparisonContext): void {
  for (const table of creationOrder(missing.map((each) => each.neutral)).tables) {
    edit.add({ kind: 'createTable', table: table.name, definition: { ...table, indexes: [] } });
  }
}

/** Drops the tables that no model has, those first that refer to others. */
export function dropTables({ edit, extra, decisions }: ComparisonContext): void {
  const dropped = edit.schema.tables.filter((table) => extra.has(table.name));
  for (const table of creationOrder(dropped).tables.toReversed()) {
    const allowDataLoss = decisions.drops.some((each) => each.table === table.name && each.column === null);
    edit.add({ kind: 'dropTable', table: table.name, allowDataLoss });
  }
}
