import { nodeOf, type RevisionMap } from '../revision/revision-map.ts';

/** A revision as every command's JSON shows it. */
export interface RevisionDocument {
  readonly revision: string;
  readonly downRevision: string | readonly string[] | null;
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly message: string;
  readonly createDate: string | null;
  readonly isHead: boolean;
  readonly isBase: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
  /** A head that another revision depends on, so that it has no version row of its own when all is applied. */
  readonly isEffectiveHead: boolean;
  /** The children, oldest first. */
  readonly nextRevisions: readonly string[];
  /** Only where the database was asked. */
  readonly isCurrent?: boolean;
  readonly path: string;
  /** The whole docstring. */
  readonly doc: string;
}

/** @param current the revisions a database is at; left out where no database was asked. */
export function revisionDocument(
  map: RevisionMap,
  id: string,
  current?: readonly string[],
): RevisionDocument {
  const { revision, branchLabels, nextRevisions, ...place } = nodeOf(map, id);
  const { isHead, isRealHead, isBase, isBranchPoint, isMergePoint } = place;
  const [parent = null, ...others] = revision.downRevisions;
  return {
    revision: id,
    downRevision: others.length > 0 ? revision.downRevisions : parent,
    branchLabels,
    dependsOn: revision.dependsOn,
    message: revision.message,
    createDate: revision.createDate,
    isHead,
    isBase,
    isBranchPoint,
    isMergePoint,
    isEffectiveHead: isHead && !isRealHead,
    nextRevisions,
    ...(current === undefined ? {} : { isCurrent: current.includes(id) }),
    path: revision.path,
    doc: revision.doc,
  };
}

export interface RevisionsDocument {
  readonly revisions: readonly RevisionDocument[];
}
