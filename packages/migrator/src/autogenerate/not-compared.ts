import type { Dialect } from '../dialects/dialect.ts';
import type { Operation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { replayHistory } from './replay-history.ts';

/** Something of a table that a comparison leaves as it is. */
export interface NotCompared {
  readonly table: string;
  /** In words: `"a_key" takes nulls as equal`. */
  readonly what: string;
}

/**
 * What a person is told of each part that a new script does not hold, and its author has to write.
 *
 * @param whose where it is: in the database that the script is made from, or in the entities.
 */
export function describeLeftToAuthor(
  whose: 'database' | 'entities',
  parts: readonly NotCompared[],
): readonly string[] {
  const has = whose === 'database' ? 'the database has' : 'the entities say';
  return parts.map(
    ({ table, what }) => `No operation makes what ${has} of ${table} (${what}): use op.execute.`,
  );
}

/**
 * What the tables of the models have in a database that no operation can change.
 *
 * @param applied all operations up to the revision the database is at.
 */
export function notCompared(
  live: Schema,
  models: Schema,
  applied: readonly Operation[],
  dialect: Dialect,
): NotCompared[] {
  const { localized } = replayHistory(applied, dialect);
  const [wanted, made] = [models, localized].map(
    ({ tables }) => new Map(tables.map((table) => [table.name, table])),
  );
  return live.tables.flatMap((table) => {
    if (!wanted?.has(table.name)) return [];
    const words = [...(table.opaque === null ? [] : [table.opaque]), ...kindOf(table, made?.get(table.name))];
    return words.map((what) => ({ table: table.name, what }));
  });
}

function kindOf(live: Table, made: Table | undefined): string[] {
  const differs = (is: boolean, was: boolean | undefined, what: string) =>
    is === (was ?? is) ? [] : [`it is ${is ? '' : 'not '}${what}`];
  return [
    ...differs(live.strict, made?.strict, 'STRICT'),
    ...differs(live.withoutRowid, made?.withoutRowid, 'WITHOUT ROWID'),
  ];
}
