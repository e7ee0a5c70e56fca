import type { ExecutionResult } from '@freshmaker/migrator/engine';

/** Where a database is: `2358b6f55f24`, or that it is at the base. */
function place(current: readonly string[]): string {
  return current.length === 0 ? 'the base' : current.join(', ');
}

/**
 * What a run has done, in one sentence.
 *
 * @param leftToOthers whether there was more to do, and another migrator does it.
 */
export function executionLines(
  { applied, current, unread }: ExecutionResult,
  verb: string,
  leftToOthers = false,
): string[] {
  if (unread) return ['Left to the process that keeps the database from being read.'];
  if (leftToOthers) {
    return [`Left to the migrator that is at work: the database was at ${place(current)}.`];
  }
  if (applied.length === 0) return [`Nothing to do: the database is at ${place(current)}.`];
  const revisions = applied.length === 1 ? '1 revision' : `${applied.length} revisions`;
  return [`${verb} ${revisions}: the database is at ${place(current)}.`];
}
