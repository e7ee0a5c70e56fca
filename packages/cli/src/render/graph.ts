import type { RevisionDocument } from '@freshmaker/migrator/engine';

/** A row of a history drawn as a graph. */
export interface GraphRow {
  readonly graph: string;
  /** Null for a row that only joins or parts lines. */
  readonly revision: RevisionDocument | null;
}

/** What a line waits for: the parent of a revision above; null where the column is free. */
type Lane = string | null;

/** Whether there is more to draw than one line. */
export function hasBranches(revisions: readonly RevisionDocument[]): boolean {
  const heads = revisions.filter((each) => each.isHead).length;
  return heads > 1 || revisions.some((each) => each.isBranchPoint || each.isMergePoint);
}

/**
 * Draws revisions and their parents, as `git log --graph` does.
 *
 * @param revisions newest first: every revision before its parents.
 */
export function graphRows(revisions: readonly RevisionDocument[]): GraphRow[] {
  const shown = new Set(revisions.map((each) => each.revision));
  const rows: GraphRow[] = [];
  let lanes: Lane[] = [];
  for (const revision of revisions) {
    const waiting = lanes.flatMap((lane, at) => (lane === revision.revision ? [at] : []));
    const [at = freeColumn(lanes), ...joining] = waiting;
    lanes[at] = revision.revision;
    if (joining.length > 0) {
      rows.push({ graph: connector(lanes, at, joining, ['┘', '┴']), revision: null });
      lanes = trimmed(lanes.map((lane, column) => (joining.includes(column) ? null : lane)));
    }
    rows.push({
      graph: lanes.map((lane, column) => (column === at ? '●' : lane === null ? ' ' : '│')).join(' '),
      revision,
    });
    const [first = null, ...others] = parentsOf(revision).filter((parent) => shown.has(parent));
    lanes[at] = first;
    const parting = others.map((parent) => {
      const column = freeColumn(lanes, at + 1);
      lanes[column] = parent;
      return column;
    });
    if (parting.length > 0) rows.push({ graph: connector(lanes, at, parting, ['┐', '┬']), revision: null });
    lanes = trimmed(lanes);
  }
  return rows;
}

function parentsOf({ downRevision }: RevisionDocument): readonly string[] {
  return downRevision === null ? [] : [downRevision].flat();
}

function freeColumn(lanes: readonly Lane[], from = 0): number {
  const free = lanes.findIndex((lane, at) => at >= from && lane === null);
  return free === -1 ? Math.max(lanes.length, from) : free;
}

/** A line from one column to others on its right. */
function connector(
  lanes: readonly Lane[],
  from: number,
  to: readonly number[],
  [last, between]: readonly [string, string],
): string {
  const end = Math.max(...to);
  const cells = lanes.map((lane, at) => {
    const line = at >= from && at < end ? '─' : ' ';
    if (at === from) return `├${line}`;
    if (to.includes(at)) return `${at === end ? last : between}${line}`;
    if (lane !== null) return `${at > from && at < end ? '┼' : '│'}${line}`;
    return line.repeat(2);
  });
  return cells.join('').trimEnd();
}

function trimmed(lanes: readonly Lane[]): Lane[] {
  return lanes.slice(0, lanes.findLastIndex((lane) => lane !== null) + 1);
}
