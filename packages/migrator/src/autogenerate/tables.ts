import type { Table } from '../schema/table.ts';
import type { ComparisonContext } from './context.ts';
import { canReferNow } from './foreign-keys.ts';
import { creationOrder } from './table-order.ts';

/**
 * Creates the tables that the models have and the database does not. {@link createForeignKeys} closes circles, and adds the
 * keys to what is not there yet. What is not valid is added behind it, too: within a new table PostgreSQL makes it valid.
 */
export function createTables(context: ComparisonContext): void {
  const { edit, missing } = context;
  for (const table of creationOrder(missing.map((each) => each.neutral)).tables) {
    const foreignKeys = table.foreignKeys.filter((key) => !key.notValid && canReferNow(key, context));
    const checks = table.checks.filter((check) => !check.notValid);
    const definition = { ...table, checks, foreignKeys, indexes: [] };
    edit.add({ kind: 'createTable', table: table.name, definition });
  }
}

/** Drops what {@link dropTables} would drop later, where one of them has the name of a key that a new table is to have. */
export function dropTablesInTheWay(context: ComparisonContext): void {
  const { edit, extra, missing } = context;
  const needed = new Set(missing.flatMap(({ localized }) => namesOfKeys(localized)));
  const isInTheWay = (table: Table) =>
    [...namesOfKeys(table), ...table.indexes.map(({ name }) => name)].some((name) => needed.has(name));
  if (edit.schema.tables.some((table) => extra.has(table.name) && isInTheWay(table))) dropTables(context);
}

function namesOfKeys({ primaryKey, uniques }: Table): string[] {
  return [primaryKey, ...uniques].flatMap((each) => each?.name ?? []);
}

/** Drops the tables that no model has, those first that refer to others. */
export function dropTables({ edit, extra, decisions }: ComparisonContext): void {
  const dropped = edit.schema.tables.filter((table) => extra.has(table.name));
  for (const table of creationOrder(dropped).tables.toReversed()) {
    const allowDataLoss = decisions.drops.some((each) => each.table === table.name && each.column === null);
    edit.add({ kind: 'dropTable', table: table.name, allowDataLoss });
  }
}
