import { MigratorError, offlineUpgrade, type RevisionDocument, upgrade } from '@freshmaker/migrator/engine';
import { MigrationTestFailure } from './failure.ts';
import { type HistoryWalk, parentsOf, runOptions } from './history-walk.ts';
import { fillTables, type RoundTripOptions, stateOf } from './round-trip.ts';
import { schemaDifferences } from './schema-difference.ts';
import type { Rows } from './schema-parts.ts';

/**
 * Feeds a revision's SQL to one database and runs the revision on another one, both with the same rows, and compares what
 * is in them. A revision whose data steps must read rows has no SQL, and says so.
 *
 * @throws MigrationTestFailure with the first difference.
 */
export async function checkOfflineSql(
  walk: HistoryWalk,
  revision: RevisionDocument,
  { values }: RoundTripOptions,
): Promise<void> {
  const parents = parentsOf(revision);
  // A range has one lower end; a merge has no operations of its own.
  if (parents.length > 1) return;
  const sql = await sqlOf(walk, revision, parents[0]);
  if (sql === null) return;
  const run = await stateAfter(async (scratch) => {
    await upgrade({ scripts: walk.scripts, driver: scratch.driver }, revision.revision, runOptions);
  });
  const fed = await stateAfter((scratch) => scratch.feed(sql));
  const [difference] = [...schemaDifferences(run.schema, fed.schema), ...rowDifferences(run.rows, fed.rows)];
  if (difference === undefined) return;
  throw new MigrationTestFailure(
    `Revision ${revision.revision} (${revision.message}) on ${walk.engine}: its offline SQL does something else than running it: ${difference}`,
  );

  async function stateAfter(work: (scratch: Awaited<ReturnType<HistoryWalk['before']>>) => Promise<void>) {
    await using scratch = await walk.before(revision);
    await fillTables(scratch, values);
    await work(scratch);
    return await stateOf(scratch);
  }
}

async function sqlOf(
  walk: HistoryWalk,
  revision: RevisionDocument,
  parent: string | undefined,
): Promise<string | null> {
  const dialect = walk.engine === 'sqlite' ? 'sqlite' : 'postgresql';
  const target = parent === undefined ? revision.revision : `${parent}:${revision.revision}`;
  try {
    return (await offlineUpgrade({ scripts: walk.scripts, dialect }, target)).sql;
  } catch (error) {
    if (error instanceof MigratorError && error.code === 'OFFLINE_NOT_POSSIBLE') return null;
    throw error;
  }
}

function rowDifferences(run: Rows, fed: Rows): string[] {
  return [...run].flatMap(([table, rows]) => {
    const [expected, found] = [rows, fed.get(table) ?? []].map((each) =>
      each.map((row) => JSON.stringify(row)).sort(),
    ) as [string[], string[]];
    const at = expected.findIndex((row, index) => row !== found[index]);
    if (at === -1 && expected.length === found.length) return [];
    return [
      `a row of ${table} is ${found[at] ?? 'missing'}, and when run ${expected[at] ?? 'there is none'}`,
    ];
  });
}
