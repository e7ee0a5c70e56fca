import type { Dialect } from '../dialects/dialect.ts';
import { sameName } from '../dialects/sqlite/sql-text.ts';
import type { Schema } from '../schema/schema.ts';
import type { Ambiguity, Rename } from './comparison.ts';
import { flagName } from './decision-flags.ts';

/**
 * Names that SQLite does not tell from those of the models, and other databases do: nothing of the model's name can be made
 * while the other is there. That it is a rename is taken for granted, and asked for.
 *
 * @param decided renames that are agreed to.
 */
export function caseRenames(
  live: Schema,
  models: Schema,
  decided: readonly Rename[],
  dialect: Dialect,
): Rename[] {
  if (dialect.name !== 'sqlite') return [];
  const isDecided = (table: string | null, from: string) =>
    decided.some((each) => each.from === from && (table === null) === (each.table === null));
  const byName = new Map(models.tables.map((table) => [table.name, table]));
  return live.tables.flatMap((table) => {
    const renamed = decided.find((each) => each.table === null && each.from === table.name)?.to;
    const present = renamed ?? table.name;
    const model = byName.get(present) ?? models.tables.find(({ name }) => sameName(name, present));
    if (!model) return [];
    const ofTable = { table: null, from: table.name, to: model.name };
    const ofColumns = table.columns.flatMap((column) => {
      const wanted = model.columns.find(({ name }) => sameName(name, column.name));
      const differs = wanted && wanted.name !== column.name && !isDecided(model.name, column.name);
      return differs ? [{ table: model.name, from: column.name, to: wanted.name }] : [];
    });
    const isSame = model.name === table.name || isDecided(null, table.name);
    return [...(isSame ? [] : [ofTable]), ...ofColumns];
  });
}

export function askForCase({ table, from, to }: Rename): Ambiguity {
  const what = table === null ? `Table "${from}"` : `Column "${from}" of "${table}"`;
  const old = table === null ? flagName(from) : `${flagName(table)}.${flagName(from)}`;
  return {
    kind: table === null ? 'renameTable' : 'renameColumn',
    table: table ?? from,
    column: table === null ? null : from,
    question: `${what} is "${to}" in the models, which SQLite takes for the same name and PostgreSQL for another.`,
    choices: [
      {
        label: `rename it to "${to}"`,
        flag: ['--rename', `${old}:${flagName(to)}`],
        decision: { renames: [{ table, from, to }] },
      },
    ],
    unless: null,
  };
}
