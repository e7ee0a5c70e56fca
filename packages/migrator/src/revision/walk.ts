import { ambiguousStep, outOfRange } from './revision-errors.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

/** How a walk deals with what it meets. */
export interface WalkRules {
  /** The target as it was typed, for errors. */
  readonly target: string;
  /** On the way up, only these revisions count. */
  readonly lineage: ReadonlySet<string> | null;
  /** Stop at the end of the history instead of failing there. */
  readonly stopAtEnd: boolean;
}

/**
 * Walks through parents (negative steps) or children (positive steps).
 *
 * @param start where to begin; null is the base, below all bases
 * @returns where the walk ends; null is the base
 * @throws RevisionError AMBIGUOUS_WALK at a merge point (down) or branch point (up) that leaves a choice,
 *   RELATIVE_OUT_OF_RANGE beyond a head or the base
 */
export function walk(map: RevisionMap, start: string | null, steps: number, rules: WalkRules): string | null {
  const direction = steps > 0 ? 'up' : 'down';
  let at = start;
  for (let made = 0; made < Math.abs(steps); made += 1) {
    const ways = direction === 'up' ? above(map, at, rules.lineage) : below(map, at);
    const [next, ...others] = ways;
    if (next === undefined) {
      if (rules.stopAtEnd) return at;
      throw outOfRange(rules.target, at, made);
    }
    if (others.length > 0) throw ambiguousStep(rules.target, at, direction, ways as readonly string[]);
    at = next;
  }
  return at;
}

function above(
  map: RevisionMap,
  at: string | null,
  lineage: ReadonlySet<string> | null,
): readonly (string | null)[] {
  const children = at === null ? map.bases : nodeOf(map, at).nextRevisions;
  return lineage === null ? children : children.filter((id) => lineage.has(id));
}

function below(map: RevisionMap, at: string | null): readonly (string | null)[] {
  if (at === null) return [];
  const parents = nodeOf(map, at).downRevisions;
  return parents.length === 0 ? [null] : parents;
}
