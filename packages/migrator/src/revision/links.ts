import type { Revision } from './revision.ts';

/** A revision with its references resolved to identifiers that exist. */
export interface RevisionLinks {
  readonly revision: Revision;
  /** Parents, each once. */
  readonly downRevisions: readonly string[];
  /** What `dependsOn` names, labels resolved, each once. */
  readonly dependencies: readonly string[];
  /** Parents and dependencies, each once: what must be applied before. */
  readonly allDownRevisions: readonly string[];
}

/** References of a history, resolved as far as they can be. */
export interface LinkedRevisions {
  readonly links: ReadonlyMap<string, RevisionLinks>;
  /** Branch label → the revision that declares it. */
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * Resolves the references between revisions. It never fails, so that a broken history can be examined whole:
 * of two revisions with one identifier (or label) the first counts, references to nothing are left out.
 */
export function linkRevisions(revisions: readonly Revision[]): LinkedRevisions {
  const byId = new Map<string, Revision>();
  for (const revision of revisions) {
    if (!byId.has(revision.revision)) byId.set(revision.revision, revision);
  }
  const labels = new Map<string, string>();
  for (const revision of byId.values()) {
    for (const label of revision.branchLabels) {
      if (!labels.has(label)) labels.set(label, revision.revision);
    }
  }
  const links = new Map<string, RevisionLinks>();
  for (const revision of byId.values()) {
    const downRevisions = unique(revision.downRevisions.filter((id) => byId.has(id)));
    const dependencies = unique(
      revision.dependsOn.flatMap((name) => (byId.has(name) ? [name] : (labels.get(name) ?? []))),
    );
    const allDownRevisions =
      dependencies.length === 0 ? downRevisions : unique([...downRevisions, ...dependencies]);
    links.set(revision.revision, { revision, downRevisions, dependencies, allDownRevisions });
  }
  return { links, labels };
}

/** Each once, in order. */
export function unique(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : [...new Set(ids)];
}
