/**
 * One revision script, as far as the graph needs it: plain data, read once, never changed.
 *
 * The names are Alembic's. Positions in the graph (head, branch point, …) belong to the whole history and
 * stand in the {@link RevisionMap}.
 */
export interface Revision {
  /** The identifier, the value a version row holds. */
  readonly revision: string;
  /** Identifiers of the parents; empty for a base, several for a merge. */
  readonly downRevisions: readonly string[];
  /** Identifiers or branch labels of revisions that must be applied before, without being parents. */
  readonly dependsOn: readonly string[];
  /** Names this script gives to its branch; those inherited along the branch stand in the map. */
  readonly branchLabels: readonly string[];
  /** The first line of the docstring. */
  readonly message: string;
  /** The whole docstring. */
  readonly doc: string;
  /** The creation date as the script writes it (ISO 8601), or null when it has none. */
  readonly createDate: string | null;
  /** The script's file. */
  readonly path: string;
}

/**
 * Orders by creation date, then by identifier, so that every order derived from it is the same whatever
 * order the files were read in. Dates compare as the ISO 8601 text they are; a script without one is oldest.
 */
export function byAge(a: Revision, b: Revision): number {
  return compareText(a.createDate ?? '', b.createDate ?? '') || compareText(a.revision, b.revision);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
