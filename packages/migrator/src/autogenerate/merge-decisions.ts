import type { Decisions } from './comparison.ts';

/** Decisions made one after the other, as a person answers questions. */
export function mergeDecisions(...all: readonly Partial<Decisions>[]): Decisions {
  return {
    renames: all.flatMap((each) => each.renames ?? []),
    drops: all.flatMap((each) => each.drops ?? []),
    backfills: all.flatMap((each) => each.backfills ?? []),
    usings: all.flatMap((each) => each.usings ?? []),
  };
}
