import type { RevisionDocument } from '@freshmaker/migrator/engine';

/** Which parts a revision's line has. */
export interface LineOptions {
  /** The parents and an arrow before the identifier. */
  readonly parents?: boolean;
  /** The message after it. */
  readonly message?: boolean;
}

/** A revision in one line, as Alembic prints it: `2358b6f55f24 -> fcba8824bf8d (head), Add a column`. */
export function revisionLine(revision: RevisionDocument, options: LineOptions = {}): string {
  const labels = revision.branchLabels.length > 0 ? ` (${revision.branchLabels.join(', ')})` : '';
  const marks = [
    revision.isHead ? (revision.isEffectiveHead ? 'effective head' : 'head') : null,
    revision.isCurrent ? 'current' : null,
    revision.isBranchPoint ? 'branchpoint' : null,
    revision.isMergePoint ? 'mergepoint' : null,
  ].filter((mark) => mark !== null);
  const marked = marks.map((mark) => ` (${mark})`).join('');
  const message = options.message && revision.message !== '' ? `, ${revision.message}` : '';
  return `${options.parents ? `${arrow(revision)} ` : ''}${revision.revision}${labels}${marked}${message}`;
}

function arrow(revision: RevisionDocument): string {
  const dependencies = revision.dependsOn.length > 0 ? ` (${revision.dependsOn.join(', ')})` : '';
  return `${parentsOf(revision)}${dependencies} ->`;
}

function parentsOf({ downRevision }: RevisionDocument): string {
  if (downRevision === null) return '<base>';
  return typeof downRevision === 'string' ? downRevision : downRevision.join(', ');
}

/** All about a revision, as Alembic's `show` prints it. */
export function revisionEntry(revision: RevisionDocument): string[] {
  const marks = [
    revision.isHead ? ' (head)' : '',
    revision.isBranchPoint ? ' (branchpoint)' : '',
    revision.isMergePoint ? ' (mergepoint)' : '',
    revision.isCurrent ? ' (current)' : '',
  ];
  const { dependsOn, nextRevisions, branchLabels } = revision;
  return [
    `Rev: ${revision.revision}${marks.join('')}`,
    `${revision.isMergePoint ? 'Merges' : 'Parent'}: ${parentsOf(revision)}`,
    ...(dependsOn.length > 0 ? [`Also depends on: ${dependsOn.join(', ')}`] : []),
    ...(revision.isBranchPoint ? [`Branches into: ${nextRevisions.join(', ')}`] : []),
    ...(branchLabels.length > 0 ? [`Branch names: ${branchLabels.join(', ')}`] : []),
    `Path: ${revision.path}`,
    '',
    ...revision.doc.split('\n').map((line) => `    ${line}`),
    '',
  ];
}
