import type { RevisionLinks } from './links.ts';
import { byAge, type Revision } from './revision.ts';

/**
 * Every revision after its parents and dependencies, a branch in one piece where its dependencies allow it,
 * older branches first. The order depends on the history alone, not on the order the scripts were read in.
 *
 * It is the order of leaving a depth-first walk from the heads down, kept on an explicit stack.
 *
 * @param links the history; in one with cycles there is no such order, and what comes out is not topological
 * @returns identifiers, oldest first
 */
export function topologicalOrder(links: ReadonlyMap<string, RevisionLinks>): readonly string[] {
  const withChild = new Set<string>();
  for (const { allDownRevisions } of links.values()) {
    for (const id of allDownRevisions) withChild.add(id);
  }
  const heads: Revision[] = [];
  for (const [id, { revision }] of links) {
    if (!withChild.has(id)) heads.push(revision);
  }

  const order: string[] = [];
  const entered = new Set<string>();
  const enter = (id: string): Frame => {
    entered.add(id);
    return { id, parents: parentsByAge(links, id), at: 0 };
  };
  for (const head of heads.sort(byAge)) {
    const frames: Frame[] = [enter(head.revision)];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const parent = frame.parents[frame.at];
      frame.at += 1;
      if (parent === undefined) {
        order.push(frame.id);
        frames.pop();
      } else if (!entered.has(parent)) {
        frames.push(enter(parent));
      }
    }
  }
  return order;
}

/** Whether an order has every revision, after its parents and dependencies: only a history without cycles has such an order. */
export function isTopological(links: ReadonlyMap<string, RevisionLinks>, order: readonly string[]): boolean {
  const before = new Set<string>();
  for (const id of order) {
    if (!links.get(id)?.allDownRevisions.every((parent) => before.has(parent))) return false;
    before.add(id);
  }
  return before.size === links.size;
}

interface Frame {
  readonly id: string;
  readonly parents: readonly string[];
  at: number;
}

function parentsByAge(links: ReadonlyMap<string, RevisionLinks>, id: string): readonly string[] {
  const parents = links.get(id)?.allDownRevisions ?? [];
  if (parents.length < 2) return parents;
  return parents
    .map((parent) => (links.get(parent) as RevisionLinks).revision)
    .sort(byAge)
    .map(({ revision }) => revision);
}
