import type { KeptColumn, KeptNames } from './kept-names.ts';
import type { Row, Rows } from './schema-parts.ts';

/** Tables (`table`) and columns (`table.column`) whose rows and values may go, because the project says so. */
export type AllowedLosses = ReadonlySet<string>;

/**
 * What is no longer there though nothing says that it goes: rows that are gone, values that are others. Rows that came are
 * none of it.
 *
 * @param keys the primary keys of the tables before.
 * @returns a sentence for each table with a loss, with the first of them.
 */
export function findLosses(
  before: Rows,
  after: Rows,
  kept: KeptNames,
  keys: ReadonlyMap<string, readonly string[]>,
  allowed: AllowedLosses = new Set(),
): string[] {
  return [...before].flatMap(([table, rows]) => {
    const target = kept.get(table);
    if (target === undefined || allowed.has(table)) return [];
    const columns = [...target.columns].filter(
      ([name, { retyped }]) => !retyped && !allowed.has(`${table}.${name}`),
    );
    const key = columns.filter(([name]) => keys.get(table)?.includes(name));
    const hasKey = key.length > 0 && key.length === keys.get(table)?.length;
    const there = [...(after.get(target.name) ?? [])];
    const lost = rows.flatMap((row) => {
      const at = there.findIndex((each) => isSame(row, each, columns));
      if (at === -1) {
        const partner = hasKey ? there.find((each) => isSame(row, each, key)) : undefined;
        return [describeLoss(row, partner, columns)];
      }
      there.splice(at, 1);
      return [];
    });
    return lost.length === 0 ? [] : [`table ${table} lost ${lost.length} of ${rows.length} rows: ${lost[0]}`];
  });
}

type Columns = readonly (readonly [string, KeptColumn])[];

function isSame(before: Row, after: Row, columns: Columns): boolean {
  return columns.every(([name, column]) => isKept(before[name], after[column.name], column));
}

function isKept(before: unknown, after: unknown, { filled }: KeptColumn): boolean {
  return before === after || (filled && before === null) || (before ?? null) === (after ?? null);
}

function describeLoss(row: Row, partner: Row | undefined, columns: Columns): string {
  if (partner === undefined) return `${JSON.stringify(row)} is gone`;
  const changed = columns
    .filter(([name, column]) => !isKept(row[name], partner[column.name], column))
    .map(([name, column]) => `${name} was ${show(row[name])} and is ${show(partner[column.name])}`);
  return `in ${JSON.stringify(row)}, ${changed.join(', ')}`;
}

function show(value: unknown): string {
  return JSON.stringify(value ?? null);
}
