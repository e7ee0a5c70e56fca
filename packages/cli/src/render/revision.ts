import type { RevisionDocument } from '@freshmaker/migrator/engine';
import type { Style } from './style.ts';

/** Which parts a revision's line has. */
export interface LineOptions {
  /** The parents and an arrow before the identifier. */
  readonly parents?: boolean;
  /** The message after it. */
  readonly message?: boolean;
}

/** A revision in one line, as Alembic prints it: `2358b6f55f24 -> fcba8824bf8d (head), Add a column`. */
export function revisionLine(revision: RevisionDocument, style: Style, options: LineOptions = {}): string {
  const labels = revision.branchLabels.length > 0 ? ` (${revision.branchLabels.join(', ')})` : '';
  const head = revision.isEffectiveHead ? 'effective head' : 'head';
  const marks = [
    revision.isHead ? style.mark(` (${head})`) : '',
    revision.isCurrent ? style.mark(' (current)') : '',
    revision.isBranchPoint ? style.faint(' (branchpoint)') : '',
    revision.isMergePoint ? style.faint(' (mergepoint)') : '',
  ];
  const message = options.message && revision.message !== '' ? `, ${revision.message}` : '';
  const start = options.parents ? style.faint(`${arrow(revision)} `) : '';
  return `${start}${style.revision(revision.revision)}${labels}${marks.join('')}${message}`;
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
export function revisionEntry(revision: RevisionDocument, style: Style): string[] {
  const marks = [
    revision.isHead ? style.mark(' (head)') : '',
    revision.isBranchPoint ? ' (branchpoint)' : '',
    revision.isMergePoint ? ' (mergepoint)' : '',
    revision.isCurrent ? style.mark(' (current)') : '',
  ];
  const { dependsOn, nextRevisions, branchLabels } = revision;
  return [
    `Rev: ${style.revision(revision.revision)}${marks.join('')}`,
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
