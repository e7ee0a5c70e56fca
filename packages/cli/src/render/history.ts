import type { RevisionsDocument } from '@freshmaker/migrator/engine';
import { graphRows, hasBranches } from './graph.ts';
import { revisionEntry, revisionLine } from './revision.ts';
import type { Style } from './style.ts';

export interface HistoryLinesOptions {
  /** All about each revision. */
  readonly verbose: boolean;
  /** Draw branches and merges, where there are any. */
  readonly graph: boolean;
}

/** Revisions, newest first. */
export function historyLines(
  { revisions }: RevisionsDocument,
  style: Style,
  { verbose, graph }: HistoryLinesOptions,
): string[] {
  if (verbose) return revisions.flatMap((revision) => revisionEntry(revision, style));
  if (!graph || !hasBranches(revisions)) {
    return revisions.map((revision) => revisionLine(revision, style, { parents: true, message: true }));
  }
  const rows = graphRows(revisions);
  const width = Math.max(...rows.map((row) => row.graph.length));
  return rows.map((row) =>
    row.revision === null
      ? style.faint(row.graph)
      : `${style.faint(row.graph.padEnd(width))} ${revisionLine(row.revision, style, { message: true })}`,
  );
}
