import type { Session } from '../../driver/driver.ts';
import { isBusy } from './error.ts';

/**
 * Keeps the rollback journal between the transactions of a run instead of making and deleting a file for each, which is a
 * third to a half of what a commit waits for on the disk (docs/adr/0013-a-run-keeps-the-journal.md). A journal without its
 * header means nothing to SQLite, so a process may end at any moment; who writes next deletes it.
 * Source: https://www.sqlite.org/pragma.html#pragma_journal_mode.
 *
 * Only where SQLite's own default is set: another mode, WAL above all, is somebody's choice.
 *
 * @returns what deletes the journal; where somebody else is writing, it is theirs to delete.
 */
export async function keepJournal(session: Session): Promise<() => Promise<void>> {
  if ((await journalMode(session)) !== 'delete') return async () => undefined;
  await session.query('PRAGMA main.journal_mode = PERSIST');
  return async () => {
    try {
      await session.query('PRAGMA main.journal_mode = DELETE');
    } catch (error) {
      // Behind a rollback SQLite reads the schema again, which a writer's lock is in the way of.
      if (!isBusy(error)) throw error;
    }
  };
}

/** @returns null while somebody else keeps the file from being read. */
async function journalMode(session: Session): Promise<string | null> {
  try {
    const { rows } = await session.query<{ journal_mode: string }>('PRAGMA main.journal_mode');
    return rows[0]?.journal_mode ?? null;
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  }
}
