import { ancestorsOf, oldestFirst } from './graph-walk.ts';
import { overlappingRows, repeatedRows, unknownDatabaseRevision } from './revision-errors.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

/**
 * Checks the version rows of a database against the scripts.
 *
 * @param rows the rows as they were read, in any order
 * @returns the rows, newest first
 * @throws DatabaseStateError UNKNOWN_DATABASE_REVISION when no script has a row's identifier,
 *   VERSION_TABLE_INVALID when a row is there twice, or stands beside that of its own ancestor (dependencies included)
 */
export function checkCurrentHeads(map: RevisionMap, rows: readonly string[]): readonly string[] {
  const unknown = rows.filter((id) => !map.nodes.has(id));
  if (unknown.length > 0) throw unknownDatabaseRevision(map, unknown);
  const heads = new Set(rows);
  if (heads.size < rows.length) throw repeatedRows(rows);
  const below = ancestorsOf(
    map,
    [...heads].flatMap((id) => nodeOf(map, id).allDownRevisions),
  );
  const implied = [...heads].filter((id) => below.has(id));
  if (implied.length > 0) throw overlappingRows([...heads], implied);
  return heads.size < 2 ? [...heads] : oldestFirst(map, heads).toReversed();
}

/**
 * The newest applied revision of every branch, newest first: the version rows, and those that have no row of
 * their own because an applied revision depends on them. Alembic's `current` lists these.
 *
 * @param applied the version rows with all their ancestors, where these are known
 */
export function effectiveHeads(
  map: RevisionMap,
  currentHeads: readonly string[],
  applied = ancestorsOf(map, currentHeads),
): readonly string[] {
  return oldestFirst(map, applied)
    .filter((id) => !nodeOf(map, id).nextRevisions.some((child) => applied.has(child)))
    .toReversed();
}

/** The revisions that are not applied yet, in the order an upgrade to `heads` would apply them. */
export function pendingRevisions(map: RevisionMap, currentHeads: readonly string[]): readonly string[] {
  const applied = ancestorsOf(map, currentHeads);
  return map.order.filter((id) => !applied.has(id));
}

/** Whether everything is applied. */
export function isAtHeads(map: RevisionMap, currentHeads: readonly string[]): boolean {
  return pendingRevisions(map, currentHeads).length === 0;
}
