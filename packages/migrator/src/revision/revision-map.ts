import type { Revision } from './revision.ts';

/** A revision and its place in the history. All lists hold identifiers, oldest first unless said otherwise. */
export interface RevisionNode {
  readonly revision: Revision;
  /** Parents, as the script lists them. */
  readonly downRevisions: readonly string[];
  /** What `dependsOn` names, with labels resolved. */
  readonly dependencies: readonly string[];
  /** Parents and dependencies: all that must be applied before. */
  readonly allDownRevisions: readonly string[];
  /** Children. */
  readonly nextRevisions: readonly string[];
  /** Children, and the revisions that depend on this one. */
  readonly allNextRevisions: readonly string[];
  /** The labels of the branches this revision is on: its own and those inherited along the branch. */
  readonly branchLabels: readonly string[];
  /** No parent. */
  readonly isBase: boolean;
  /** No child. */
  readonly isHead: boolean;
  /** No child, and nothing depends on it: it has a version row of its own when all is applied. */
  readonly isRealHead: boolean;
  /** Several children. */
  readonly isBranchPoint: boolean;
  /** Several parents. */
  readonly isMergePoint: boolean;
}

/** A whole history, checked and indexed; made by `buildRevisionMap`, never changed. */
export interface RevisionMap {
  /** By identifier, oldest first. */
  readonly nodes: ReadonlyMap<string, RevisionNode>;
  /** Branch label → the revision that declares it. */
  readonly labels: ReadonlyMap<string, string>;
  /** Every identifier after all it needs, oldest first. */
  readonly order: readonly string[];
  /** Revisions without a child, newest first: what `head` means. */
  readonly heads: readonly string[];
  /** Heads on which no other revision depends, newest first: the version rows when all is applied. */
  readonly realHeads: readonly string[];
  /** Revisions without a parent, oldest first. */
  readonly bases: readonly string[];
  /** Revisions with several children, newest first. */
  readonly branchPoints: readonly string[];
  /** Revisions with several parents, newest first. */
  readonly mergePoints: readonly string[];
}

/** The node of an identifier that is known to be in the map. */
export function nodeOf(map: RevisionMap, id: string): RevisionNode {
  const node = map.nodes.get(id);
  if (node === undefined) throw new TypeError(`Revision ${id} is not in the map`);
  return node;
}
