import { nodeOf, type RevisionMap, type RevisionNode } from './revision-map.ts';

/** Which links a walk follows: parents alone, or dependencies too (the default). */
export interface WalkOptions {
  readonly dependencies?: boolean;
}

/** The given revisions and all that must be applied before them. */
export function ancestorsOf(
  map: RevisionMap,
  ids: Iterable<string>,
  { dependencies = true }: WalkOptions = {},
): ReadonlySet<string> {
  return reach(map, ids, (node) => (dependencies ? node.allDownRevisions : node.downRevisions));
}

/** The given revisions and all that can only be applied after them. */
export function descendantsOf(
  map: RevisionMap,
  ids: Iterable<string>,
  { dependencies = true }: WalkOptions = {},
): ReadonlySet<string> {
  return reach(map, ids, (node) => (dependencies ? node.allNextRevisions : node.nextRevisions));
}

/** The given revisions with all their ancestors and descendants: what is on their branch. */
export function lineageOf(
  map: RevisionMap,
  ids: readonly string[],
  options: WalkOptions = {},
): ReadonlySet<string> {
  return ancestorsOf(map, ids, options).union(descendantsOf(map, ids, options));
}

/** A set of revisions in the order they are applied in. */
export function oldestFirst(map: RevisionMap, ids: ReadonlySet<string>): readonly string[] {
  return map.order.filter((id) => ids.has(id));
}

/** A set of revisions in the order they are reverted and listed in. */
export function newestFirst(map: RevisionMap, ids: ReadonlySet<string>): readonly string[] {
  return oldestFirst(map, ids).toReversed();
}

function reach(
  map: RevisionMap,
  ids: Iterable<string>,
  next: (node: RevisionNode) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set(ids);
  const todo = [...reached];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    for (const neighbour of next(nodeOf(map, id))) {
      if (reached.has(neighbour)) continue;
      reached.add(neighbour);
      todo.push(neighbour);
    }
  }
  return reached;
}
