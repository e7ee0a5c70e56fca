import type { CurrentDocument, RevisionDocument } from '@freshmaker/migrator/engine';
import { revisionEntry, revisionLine } from './revision.ts';
import type { Style } from './style.ts';

/**
 * The revisions a database is at.
 *
 * @param database its description, to show whole revisions; null for one line each.
 */
export function currentLines(
  { revisions, behind }: CurrentDocument,
  database: string | null,
  style: Style,
): string[] {
  const shown = revisions.map((revision) => ({ ...revision, isCurrent: undefined }));
  if (database !== null) {
    return [
      `Current revision(s) for ${database}:`,
      ...shown.flatMap((revision) => revisionEntry(revision, style)),
    ];
  }
  const note = saysByLine(shown, behind) ? ` (${count(behind)} behind head)` : '';
  return shown.map((revision) => `${revisionLine(revision, style)}${note}`);
}

/** How far behind a database is where the lines do not say so: at the base, or at several revisions. */
export function behindLine({ current, revisions, behind }: CurrentDocument): string | null {
  if (behind === 0 || saysByLine(revisions, behind)) return null;
  const place = current.length === 0 ? 'at the base, ' : '';
  return `The database is ${place}${count(behind)} behind head. Type \`db upgrade\` to apply them.`;
}

/** One head of several is no place that is behind itself. */
function saysByLine(revisions: readonly RevisionDocument[], behind: number): boolean {
  return behind > 0 && revisions.length === 1 && revisions[0]?.isHead === false;
}

function count(revisions: number): string {
  return revisions === 1 ? '1 revision' : `${revisions} revisions`;
}
