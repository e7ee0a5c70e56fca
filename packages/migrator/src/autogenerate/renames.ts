import { ConfigurationError } from '../errors.ts';
import { apply } from '../operations/apply.ts';
import type { RenameColumn, RenameTable } from '../operations/operation.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import type { Rename } from './comparison.ts';

/**
 * The renames that were decided on, as operations: tables first, so that a column's table may be called by either name.
 *
 * @param live the database before any of them.
 * @param models what it is to become.
 * @throws ConfigurationError `USAGE_INVALID` for a rename of what is not there, or to what no model has.
 */
export function renameOperations(
  renames: readonly Rename[],
  live: Schema,
  models: Schema,
): (RenameTable | RenameColumn)[] {
  const tables = renames.filter((each) => each.table === null);
  const columns = renames.filter((each) => each.table !== null);
  for (const rename of tables) requireTableRename(rename, live, models);
  const tableOperations = tables.map(
    ({ from, to }): RenameTable => ({ kind: 'renameTable', table: from, to }),
  );
  const renamed = tableOperations.reduce<Schema>(apply, live);
  const columnOperations = columns.map((rename): RenameColumn => {
    const table = tables.find((each) => each.from === rename.table)?.to ?? (rename.table as string);
    requireColumnRename({ ...rename, table }, renamed, models);
    return { kind: 'renameColumn', table, column: rename.from, to: rename.to };
  });
  return [...tableOperations, ...columnOperations];
}

function requireTableRename({ from, to }: Rename, live: Schema, models: Schema): void {
  const flag = `--rename ${from}:${to}`;
  if (!findTable(live, from)) throw cannot(flag, `there is no table "${from}" in the database`);
  if (findTable(models, from)) throw cannot(flag, `a model still has the table "${from}"`);
  if (!findTable(models, to)) throw cannot(flag, `no model has a table "${to}"`);
  if (findTable(live, to)) throw cannot(flag, `the database has a table "${to}" already`);
}

function requireColumnRename({ table, from, to }: Rename, live: Schema, models: Schema): void {
  const flag = `--rename ${table}.${from}:${to}`;
  const [there, wanted] = [findTable(live, table as string), findTable(models, table as string)];
  const has = (in_: typeof there, column: string) =>
    in_?.columns.some((each) => each.name === column) ?? false;
  if (!there || !wanted)
    throw cannot(flag, `there is no table "${table}" in both the database and the models`);
  if (!has(there, from)) throw cannot(flag, `"${table}" has no column "${from}" in the database`);
  if (has(wanted, from)) throw cannot(flag, `a model still has the column "${from}" of "${table}"`);
  if (!has(wanted, to)) throw cannot(flag, `no model has a column "${to}" in "${table}"`);
  if (has(there, to)) throw cannot(flag, `"${table}" has a column "${to}" in the database already`);
}

function cannot(flag: string, why: string): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', `${flag} cannot be done: ${why}.`, {
    hint: 'Check the names; `db check` lists what differs.',
    facts: { flag },
  });
}
