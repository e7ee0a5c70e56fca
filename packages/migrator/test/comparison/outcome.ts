import { isDeepStrictEqual } from 'node:util';
import type { Contents, Snapshot } from './snapshot.ts';

/** What can come of a change, the worst first. */
export const outcomes = [
  'rows lost',
  'values lost or changed',
  'part of the schema lost',
  'let through',
  'not done, silently',
  'half done',
  'error, nothing changed',
  'refused as well',
  'cannot be said',
  'kept',
] as const;

export interface Outcome {
  readonly kind: (typeof outcomes)[number];
  readonly details: readonly string[];
}

/** A change as it was, as it was to be, and as it came out. */
export interface Attempt {
  readonly before: Snapshot;
  /** Null where this package refuses the change. */
  readonly wanted: Snapshot | null;
  readonly found: Snapshot;
  readonly error: string | null;
}

export function judge({ before, wanted, found, error }: Attempt): Outcome {
  if (error !== null) {
    const unchanged = wanted === null ? 'refused as well' : 'error, nothing changed';
    return { kind: isDeepStrictEqual(found, before) ? unchanged : 'half done', details: [error] };
  }
  const rows = lostRows(wanted ?? before, found);
  const values = wanted ? changedValues(before, wanted, found) : [];
  const lost = wanted ? factsThat(before, wanted, found, 'are lost') : [];
  const undone = wanted ? factsThat(before, wanted, found, 'stay undone') : [];
  const details = [
    ...rows,
    ...values,
    ...lost.map((fact) => `lost: ${fact}`),
    ...undone.map((fact) => `not done: ${fact}`),
  ];
  if (rows.length > 0) return { kind: 'rows lost', details };
  if (values.length > 0) return { kind: 'values lost or changed', details };
  if (lost.length > 0) return { kind: 'part of the schema lost', details };
  if (wanted === null && !isDeepStrictEqual(found, before)) return { kind: 'let through', details };
  return { kind: wanted === null || undone.length > 0 ? 'not done, silently' : 'kept', details };
}

function lostRows(wanted: Snapshot, found: Snapshot): string[] {
  return [...wanted.tables].flatMap(([table, contents]) => {
    const count = rowCount(contents);
    const gone = count - rowCount(found.tables.get(table));
    return gone > 0 ? [`${gone} of ${count} rows of ${table} are gone`] : [];
  });
}

function rowCount(contents: Contents | undefined): number {
  return [...(contents?.values() ?? [])][0]?.length ?? 0;
}

/** Values that are neither as they were to be nor as they were, in tables with all their rows in whatever order. */
function changedValues(before: Snapshot, wanted: Snapshot, found: Snapshot): string[] {
  const columns = [...wanted.tables].flatMap(([table, contents]) => {
    const there = found.tables.get(table);
    if (!there || rowCount(there) !== rowCount(contents)) return [];
    const shared = [...contents.keys()].filter((column) => there.has(column));
    if (isDeepStrictEqual(sortedRows(there, shared), sortedRows(contents, shared))) return [];
    return [...contents].flatMap(([column, values]) => {
      const now = there.get(column);
      if (!now || isDeepStrictEqual(now, before.tables.get(table)?.get(column))) return [];
      const changed = values.flatMap((value, at) => (now[at] === value ? [] : [`${value} is ${now[at]}`]));
      return changed.length === 0 ? [] : [`values of ${table}.${column}: ${changed.join(', ')}`];
    });
  });
  const sequences = [...wanted.sequences].flatMap(([table, last]) => {
    const now = found.sequences.get(table);
    return now === last ? [] : [`the last AUTOINCREMENT value of ${table}: ${last} is ${now ?? 'forgotten'}`];
  });
  return [...columns, ...sequences];
}

function sortedRows(contents: Contents, columns: readonly string[]): string[] {
  const rows = Array.from({ length: rowCount(contents) }, (_, at) =>
    columns.map((each) => contents.get(each)?.[at]),
  );
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

/** A part is lost if the change was not about it; it stays undone if it is not as it was to be otherwise. */
function factsThat(
  before: Snapshot,
  wanted: Snapshot,
  found: Snapshot,
  what: 'are lost' | 'stay undone',
): string[] {
  const names = new Set([...before.facts.keys(), ...wanted.facts.keys(), ...found.facts.keys()]);
  return [...names].filter((name) => {
    const [was, asked, is] = [before, wanted, found].map(({ facts }) => facts.get(name));
    return is !== asked && (was === asked) === (what === 'are lost');
  });
}
