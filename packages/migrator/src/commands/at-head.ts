import { DatabaseStateError } from '../errors.ts';
import { pendingRevisions } from '../revision/current-heads.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import { type DatabaseContext, readState } from './context.ts';

/** @throws DatabaseStateError `DATABASE_NOT_AT_HEAD` when the history has revisions the database does not. */
export function requireAtHead(map: RevisionMap, heads: readonly string[]): void {
  const pending = pendingRevisions(map, heads);
  if (pending.length === 0) return;
  const at = heads.length === 0 ? 'at no revision' : `at ${heads.join(', ')}`;
  throw new DatabaseStateError(
    'DATABASE_NOT_AT_HEAD',
    `The database is ${at}, ${pending.length} revision(s) behind ${map.heads.join(', ')}.`,
    {
      hint: 'Bring it to head with `db upgrade` first.',
      facts: { current: heads, heads: map.heads, behind: pending.length },
    },
  );
}

/**
 * For services: refuses to go on with a database that is not at head. Writes nothing.
 *
 * @throws DatabaseStateError `DATABASE_NOT_AT_HEAD`, and as for `current`.
 * @returns the revisions the database is at.
 */
export async function assertAtHead(context: DatabaseContext): Promise<readonly string[]> {
  const { map, heads } = await readState(context);
  requireAtHead(map, heads);
  return heads;
}
