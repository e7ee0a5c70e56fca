import { beginsIdentifier, findBranch } from './find-revision.ts';
import { ancestorsOf, descendantsOf, newestFirst } from './graph-walk.ts';
import { type CurrentHeads, resolveTarget } from './resolve-target.ts';
import { notAncestor, stepsWithoutOrigin } from './revision-errors.ts';
import type { RevisionMap } from './revision-map.ts';
import { parseRange, parseTarget, type TargetExpression } from './target-syntax.ts';
import { walk } from './walk.ts';

/**
 * The revisions of a range, both ends included, newest first; those below the upper end through dependencies
 * too, those above the lower end through parents alone, as in Alembic. `base` as lower end includes all
 * ancestors; `BRANCH@…` as lower end keeps to that branch.
 *
 * Steps count from the other end (`-3:current`, `fcba:+2`) and stop at the end of the history.
 *
 * @param range `A:B`, `A:` (up to all heads) or `:B` (from the base); null is the whole history
 * @param currentHeads the version rows, checked; only `current` needs them
 * @throws RevisionError INVALID_RANGE when it is no range or its lower end is not below its upper one;
 *   else as `resolveTarget`
 */
export function historyRange(
  map: RevisionMap,
  range: string | null,
  currentHeads: CurrentHeads,
): readonly string[] {
  if (range === null) return map.order.toReversed();
  const { lower, upper } = parseEnds(map, range);
  const down = stepsAlone(lower);
  const up = stepsAlone(upper);
  if ((down !== null && up !== null) || (down ?? -1) >= 0 || (up ?? 1) <= 0) throw stepsWithoutOrigin(range);

  const resolve = ({ text }: TargetExpression) =>
    resolveTarget(map, text, currentHeads, { stopAtEnd: true }).revisions;
  if (upper !== null && up !== null) {
    const from = lower === null ? [] : resolve(lower);
    const starts = from.length === 0 ? [null] : from;
    return between(
      map,
      range,
      from,
      starts.map((start) => walkFrom(map, start, upper, up)),
    );
  }

  const branch = lower?.branch ? findBranch(map, lower.branch) : null;
  const to = (upper === null ? map.realHeads : resolve(upper)).filter(
    (id) => branch?.lineage.has(id) ?? true,
  );
  if (lower === null) return between(map, range, [], to);
  const from = down === null ? resolve(lower) : to.map((id) => walkFrom(map, id, lower, down));
  return between(map, range, from, to);
}

/** Whether a range can only be resolved with a database at hand. */
export function rangeAsksForDatabase(map: RevisionMap, range: string): boolean {
  const { lower, upper } = parseEnds(map, range);
  return lower?.symbol === 'current' || upper?.symbol === 'current';
}

interface RangeEnds {
  readonly lower: TargetExpression | null;
  readonly upper: TargetExpression | null;
}

function parseEnds(map: RevisionMap, range: string): RangeEnds {
  const { lower, upper } = parseRange(range);
  const parse = (end: string | null) =>
    end === null ? null : parseTarget(end, (name) => beginsIdentifier(map, name));
  return { lower: parse(lower), upper: parse(upper) };
}

function stepsAlone(end: TargetExpression | null): number | null {
  return end === null || end.symbol !== null ? null : end.steps;
}

function walkFrom(
  map: RevisionMap,
  start: string | null,
  { text, branch }: TargetExpression,
  steps: number,
): string | null {
  const lineage = branch === null ? null : findBranch(map, branch).lineage;
  return walk(map, start, steps, { target: text, lineage, stopAtEnd: true });
}

/** From the lower ends (none, or one at the base: all) to the upper ends, newest first. */
function between(
  map: RevisionMap,
  range: string,
  lower: readonly (string | null)[],
  upper: readonly (string | null)[],
): readonly string[] {
  const from = lower.filter((id) => id !== null);
  const to = upper.filter((id) => id !== null);
  const below = ancestorsOf(map, to);
  if (from.length === 0 || from.length < lower.length) return newestFirst(map, below);
  if (!from.every((id) => below.has(id))) throw notAncestor(range, from, to);
  const above = descendantsOf(map, from, { dependencies: false });
  return newestFirst(map, below.intersection(above));
}
