import type { Session } from '../../driver/driver.ts';
import { ExecutionError } from '../../errors.ts';
import { quoteIdentifier } from './literal.ts';

/** A row that points to nothing, as `PRAGMA foreign_key_check` reports it. */
interface Violation {
  readonly table: string;
  readonly rowid: number | null;
  readonly parent: string;
  readonly fkid: number;
}

/** What is amiss with the foreign keys of a database. */
export interface ForeignKeyState {
  /** By what they mean; a rebuild may number the keys anew, so their number does not count. */
  readonly violations: ReadonlyMap<string, readonly Violation[]>;
  /** By table: what SQLite says of a key whose target is no key, so that its rows cannot be checked. */
  readonly mismatches: ReadonlyMap<string, string>;
}

export const nothingAmiss: ForeignKeyState = { violations: new Map(), mismatches: new Map() };

export async function checkForeignKeys(session: Session): Promise<ForeignKeyState> {
  try {
    const { rows } = await session.query<Violation>('PRAGMA foreign_key_check');
    return { violations: byMeaning(rows), mismatches: new Map() };
  } catch (error) {
    if (!isMismatch(error)) throw error;
    return checkTableByTable(session);
  }
}

/** One key without a target makes SQLite give up the check of the whole database. */
async function checkTableByTable(session: Session): Promise<ForeignKeyState> {
  const { rows: tables } = await session.query<{ name: string }>(
    `SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0` +
      ' AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(name))',
  );
  const violations: Violation[] = [];
  const mismatches = new Map<string, string>();
  for (const { name } of tables) {
    try {
      const { rows } = await session.query<Violation>(`PRAGMA foreign_key_check(${quoteIdentifier(name)})`);
      violations.push(...rows);
    } catch (error) {
      if (!isMismatch(error)) throw error;
      mismatches.set(name.toLowerCase(), (error as Error).message);
    }
  }
  return { violations: byMeaning(violations), mismatches };
}

function isMismatch(error: unknown): boolean {
  return error instanceof Error && error.message.includes('foreign key mismatch');
}

function byMeaning(rows: readonly Violation[]): Map<string, Violation[]> {
  return Map.groupBy(rows, (row) =>
    JSON.stringify([row.table.toLowerCase(), row.rowid, row.parent.toLowerCase()]),
  );
}

/** @throws ExecutionError `FOREIGN_KEY_VIOLATED` for what was not amiss before. */
export function refuseNew(before: ForeignKeyState, after: ForeignKeyState): void {
  const mismatch = [...after.mismatches].find(([table]) => !before.mismatches.has(table));
  if (mismatch) {
    throw new ExecutionError('FOREIGN_KEY_VIOLATED', `A foreign key would refer to no key: ${mismatch[1]}.`, {
      hint: 'Refer to the primary key or to columns with a unique constraint.',
      facts: { table: mismatch[0] },
    });
  }
  const added = [...after.violations].flatMap(([key, rows]) =>
    rows.slice(before.violations.get(key)?.length ?? 0),
  );
  const [first] = added;
  if (!first) return;
  throw new ExecutionError(
    'FOREIGN_KEY_VIOLATED',
    `${added.length} row(s) would refer to rows that do not exist, the first in table "${first.table}"` +
      `${rowids([first])}, which refers to "${first.parent}".`,
    {
      hint: `Correct the rows in the revision script; \`PRAGMA foreign_key_check("${first.table}")\` lists them.`,
      facts: { violations: added.slice(0, 20), violationCount: added.length },
    },
  );
}

/** What a person should know of the state before a migration. */
export function describeExisting({ violations, mismatches }: ForeignKeyState): string[] {
  const rows = [...violations.values()].flat();
  const byKey = Map.groupBy(rows, ({ table, parent }) => JSON.stringify([table, parent]));
  return [
    ...[...byKey.values()].map(
      (each) =>
        `${each.length} row(s) of table "${each[0]?.table}"${rowids(each)} refer to rows of "${each[0]?.parent}" that do not exist;` +
        ' they were there before this migration and are left as they are.',
    ),
    ...[...mismatches.values()].map(
      (message) =>
        `A foreign key refers to columns that are no key, so its table's rows cannot be checked; it was there before this migration and is left as it is (${message}).`,
    ),
  ];
}

const SHOWN = 5;

/** Which rows, as far as they are told; those of a table WITHOUT ROWID are not. */
function rowids(rows: readonly Violation[]): string {
  const ids = rows.flatMap(({ rowid }) => (rowid === null ? [] : [rowid]));
  if (ids.length === 0) return '';
  return ` (rowid ${ids.slice(0, SHOWN).join(', ')}${ids.length > SHOWN ? ', …' : ''})`;
}
