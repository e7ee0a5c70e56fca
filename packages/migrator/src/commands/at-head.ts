import type { Driver } from '../driver/driver.ts';
import { DatabaseStateError } from '../errors.ts';
import { pendingRevisions } from '../revision/current-heads.ts';
import { type DatabaseContext, type DatabaseState, readState } from './context.ts';

/**
 * @throws DatabaseStateError `DATABASE_NOT_AT_HEAD` when the history has revisions the database does not; of a database
 *   that does not exist it says that.
 */
export async function requireAtHead(
  { map, heads }: Pick<DatabaseState, 'map' | 'heads'>,
  driver: Driver,
): Promise<void> {
  const pending = pendingRevisions(map, heads);
  if (pending.length === 0) return;
  const facts = { current: heads, heads: map.heads, behind: pending.length };
  if (!(await driver.exists())) throw missing(driver, facts);
  const at = heads.length === 0 ? 'at no revision' : `at ${heads.join(', ')}`;
  throw new DatabaseStateError(
    'DATABASE_NOT_AT_HEAD',
    `The database is ${at}, ${pending.length} revision(s) behind ${map.heads.join(', ')}.`,
    { hint: 'Bring it to head with `db upgrade` first.', facts },
  );
}

/** @throws DatabaseStateError `DATABASE_NOT_AT_HEAD` of a database that does not exist. */
export async function requireDatabase(driver: Driver): Promise<void> {
  if (!(await driver.exists())) throw missing(driver, { current: [] });
}

/**
 * For services: refuses to go on with a database that is not at head, or does not exist. Writes nothing.
 *
 * @throws DatabaseStateError `DATABASE_NOT_AT_HEAD`, and as for `current`.
 * @returns the revisions the database is at.
 */
export async function assertAtHead(context: DatabaseContext): Promise<readonly string[]> {
  const state = await readState(context);
  await requireAtHead(state, context.driver);
  await requireDatabase(context.driver);
  return state.heads;
}

function missing({ description }: Driver, facts: Readonly<Record<string, unknown>>): DatabaseStateError {
  return new DatabaseStateError('DATABASE_NOT_AT_HEAD', `The ${description} does not exist.`, {
    hint: 'Make it with `createdb`, or correct the URL of the database.',
    facts: { database: description, ...facts },
  });
}
