import { checkCurrentHeads } from './current-heads.ts';
import { ancestorsOf, lineageOf, oldestFirst } from './graph-walk.ts';
import type { StampPlan, StampStep } from './plan.ts';
import { type ResolvedTarget, resolveTarget } from './resolve-target.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

export interface StampOptions {
  /** Forget all version rows first, whatever they are. */
  readonly purge?: boolean;
}

/**
 * Plans version rows without running anything. Each target's row takes the place of those of its ancestors
 * and descendants; other branches keep theirs. Of targets that include one another the newest count.
 * `base` takes away all rows, `BRANCH@base` those of the branch.
 *
 * @param rows the version rows; with `purge` they may be anything
 * @param targets revision arguments
 * @throws as `checkCurrentHeads` (without `purge`) and `resolveTarget`
 */
export function planStamp(
  map: RevisionMap,
  rows: readonly string[],
  targets: readonly string[],
  { purge = false }: StampOptions = {},
): StampPlan {
  const currentHeads = purge ? [] : checkCurrentHeads(map, rows);
  const resolved = targets.map((target) => resolveTarget(map, target, currentHeads));
  const stamped = new Set(resolved.flatMap(({ revisions }) => revisions));
  const heads = new Set(currentHeads);
  const steps =
    stamped.size === 0
      ? headsToForget(map, resolved, currentHeads).map((head) => forget(head, heads))
      : moves(map, newestOf(map, stamped), currentHeads).map(([id, related]) => move(id, related, heads));
  return { direction: 'stamp', purge, fromHeads: currentHeads, toHeads: [...heads], steps };
}

/** The rows that go when every target is a base: those on a target's branch, or all. */
function headsToForget(
  map: RevisionMap,
  targets: readonly ResolvedTarget[],
  currentHeads: readonly string[],
): readonly string[] {
  if (targets.some(({ branch }) => branch === null)) return currentHeads;
  const branches = targets.flatMap(({ branch }) => (branch === null ? [] : [branch.revision]));
  const forgotten = lineageOf(map, branches);
  return currentHeads.filter((head) => forgotten.has(head));
}

function forget(head: string, heads: Set<string>): StampStep {
  heads.delete(head);
  return {
    revision: head,
    direction: 'stamp',
    fromRevisions: [head],
    toRevisions: [],
    versionChange: { deletes: [head], updates: [], inserts: [] },
  };
}

/** The targets that have no row yet, each with the rows it takes the place of. */
function moves(
  map: RevisionMap,
  targets: readonly string[],
  currentHeads: readonly string[],
): readonly (readonly [string, readonly string[]])[] {
  const present = new Set(currentHeads);
  const missing = targets.filter((id) => !present.has(id));
  // One walk for each of the fewer: a history with many heads is seldom stamped in many places at once.
  if (missing.length <= currentHeads.length) {
    return missing.map((id) => {
      const related = lineageOf(map, [id]);
      return [id, currentHeads.filter((head) => related.has(head))];
    });
  }
  const lineages = currentHeads.map((head) => [head, lineageOf(map, [head])] as const);
  return missing.map((id) => [id, lineages.flatMap(([head, lineage]) => (lineage.has(id) ? [head] : []))]);
}

function move(id: string, related: readonly string[], heads: Set<string>): StampStep {
  const replaced = related.filter((head) => heads.delete(head));
  const from = replaced.at(-1);
  heads.add(id);
  return {
    revision: id,
    direction: 'stamp',
    fromRevisions: related,
    toRevisions: [id],
    versionChange:
      from === undefined
        ? { deletes: [], updates: [], inserts: [id] }
        : { deletes: replaced.slice(0, -1), updates: [{ from, to: id }], inserts: [] },
  };
}

/** Those of a set that no other member builds or depends on, oldest first. */
function newestOf(map: RevisionMap, ids: ReadonlySet<string>): readonly string[] {
  const below = ancestorsOf(
    map,
    [...ids].flatMap((id) => nodeOf(map, id).allDownRevisions),
  );
  return oldestFirst(map, ids.difference(below));
}
