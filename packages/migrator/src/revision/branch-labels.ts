import type { RevisionNode } from './revision-map.ts';

/** What of a node decides which labels reach it. */
type Place = Pick<
  RevisionNode,
  'revision' | 'downRevisions' | 'nextRevisions' | 'allNextRevisions' | 'isMergePoint'
>;

/**
 * Carries every branch label along its branch, as Alembic does (`RevisionMap._add_branches`): up to all
 * descendants through parents, and down to the branch or merge point below, provided that nothing branches
 * or merges from the labelled revision up to its head either.
 *
 * So all revisions of an unbranched line that ends in a head have the labels of that head.
 *
 * @param places the nodes of a history, oldest first
 * @returns labels by identifier, none for a revision that is missing; revisions with the same labels share one array
 */
export function inheritBranchLabels(places: readonly Place[]): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, readonly string[]>();
  if (places.every(({ revision }) => revision.branchLabels.length === 0)) return labels;
  for (const { revision, downRevisions } of places) {
    const sources = [...downRevisions.map((down) => labels.get(down) ?? []), revision.branchLabels];
    labels.set(revision.revision, union(sources));
  }
  const onLineToHead = new Set<string>();
  for (const { revision, nextRevisions, allNextRevisions, isMergePoint } of places.toReversed()) {
    if (isMergePoint || allNextRevisions.length > 1) continue;
    const child = nextRevisions[0];
    if (child !== undefined && !onLineToHead.has(child)) continue;
    onLineToHead.add(revision.revision);
    if (child !== undefined) labels.set(revision.revision, labels.get(child) ?? []);
  }
  return labels;
}

function union(sources: readonly (readonly string[])[]): readonly string[] {
  const filled = sources.filter((source) => source.length > 0);
  return filled.length < 2 ? (filled[0] ?? []) : [...new Set(filled.flat())];
}
