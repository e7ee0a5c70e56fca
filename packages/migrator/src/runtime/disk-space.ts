import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileOf } from '../dialects/sqlite/transaction.ts';
import type { Session } from '../driver/driver.ts';
import { ExecutionError } from '../errors.ts';

interface FileFacts {
  readonly file: string;
  readonly journal: string;
  readonly page: number;
  readonly pages: number;
  readonly free: number;
}

/**
 * Makes sure that there is room for the copies of tables that are rebuilt, before the first is copied.
 *
 * A copy needs as much as the table with its indexes, less what is free inside the file; a table's own pages are free for
 * the next one. With write-ahead logging all that is written stands in the log as well.
 *
 * @throws ExecutionError `MIGRATION_FAILED` with what is needed and what there is, in bytes.
 */
export async function requireDiskSpace(session: Session, tables: readonly string[]): Promise<void> {
  const facts = tables.length === 0 ? null : await readFacts(session);
  if (facts === null) return;
  const { bavail, bsize } = statfsSync(dirname(facts.file));
  const available = bavail * bsize;
  const logged = facts.journal === 'wal';
  // What no table can be bigger than is known at once.
  const used = (facts.pages - facts.free) * facts.page;
  if (used * tables.length * (logged ? 2 : 1) <= available) return;
  const sizes: number[] = [];
  for (const table of tables) sizes.push((await tableBytes(session, table)) ?? used);
  const copies = Math.max(0, Math.max(...sizes) - facts.free * facts.page);
  const needed = copies + (logged ? sizes.reduce((sum, size) => sum + size, 0) : 0);
  if (needed <= available) return;
  const names = tables.map((table) => `"${table}"`).join(', ');
  throw new ExecutionError(
    'MIGRATION_FAILED',
    `Rebuilding ${names} needs about ${megabytes(needed)} on the disk of ${facts.file}, which has ${megabytes(available)} left.`,
    {
      hint: 'Free space on that disk, then run the command again.',
      facts: { tables, neededBytes: needed, availableBytes: available },
    },
  );
}

async function readFacts(session: Session): Promise<FileFacts | null> {
  const value = async (pragma: string) =>
    Object.values((await session.query(`PRAGMA ${pragma}`)).rows[0] ?? {})[0];
  const file = await fileOf(session);
  if (file === null) return null;
  return {
    file,
    journal: String(await value('journal_mode')),
    page: Number(await value('page_size')),
    pages: Number(await value('page_count')),
    free: Number(await value('freelist_count')),
  };
}

/** The bytes of a table with its indexes; null where SQLite was built without `dbstat`. */
async function tableBytes(session: Session, table: string): Promise<number | null> {
  const { rows: modules } = await session.query("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'");
  if (modules.length === 0) return null;
  const { rows: names } = await session.query<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index')",
    [table],
  );
  let bytes = 0;
  for (const { name } of names) {
    const { rows } = await session.query<{ bytes: number }>(
      'SELECT pgsize AS bytes FROM dbstat WHERE aggregate = 1 AND name = ?',
      [name],
    );
    bytes += rows[0]?.bytes ?? 0;
  }
  return bytes;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}
