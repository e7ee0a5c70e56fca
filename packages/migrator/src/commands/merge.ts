import { ancestorsOf, oldestFirst } from '../revision/graph-walk.ts';
import { planMerge } from '../revision/new-revision.ts';
import { asksForDatabase } from '../revision/resolve-target.ts';
import { nodeOf, type RevisionMap } from '../revision/revision-map.ts';
import { record } from '../script/record.ts';
import { readHistory } from '../script/script-directory.ts';
import { type DatabaseContext, type HistoryContext, readState } from './context.ts';
import { createScript, type NewScriptDocument, type NewScriptOptions, nothingToWrite } from './new-script.ts';

export interface MergeCommandOptions extends NewScriptOptions {
  readonly branchLabels?: readonly string[];
}

/** A table that several of the merged branches change. */
export interface MergeClash {
  readonly table: string;
  /** The revisions that change it, oldest first. */
  readonly revisions: readonly string[];
}

export interface MergeDocument extends NewScriptDocument {
  readonly clashes: readonly MergeClash[];
}

/**
 * Writes a script that joins heads, and says which tables the branches have in common.
 *
 * @param targets revision arguments; `heads` for all.
 * @throws ConfigurationError `USAGE_INVALID` when there are not two heads to join.
 */
export async function merge(
  context: HistoryContext & Partial<DatabaseContext>,
  targets: readonly string[],
  options: MergeCommandOptions = {},
): Promise<MergeDocument> {
  const map = await readHistory(context.scripts);
  const needsDatabase = targets.some((each) => asksForDatabase(map, each));
  const { driver } = needsDatabase ? context : {};
  const currentHeads = driver === undefined ? null : (await readState({ ...context, driver })).heads;
  const place = planMerge(map, targets, { branchLabels: options.branchLabels ?? [], currentHeads });
  if (place === null) return { ...nothingToWrite, clashes: [] };
  const clashes = await clashesOf(map, place.downRevisions);
  const message = options.message ?? `Merge ${place.downRevisions.join(' and ')}`;
  const content = { place, upgrade: [], downgrade: [] };
  return { ...(await createScript(map, context.scripts, content, { ...options, message })), clashes };
}

/** The tables that more than one branch changes, each branch reaching down to what all of them have in common. */
async function clashesOf(map: RevisionMap, parents: readonly string[]): Promise<readonly MergeClash[]> {
  const branches = parents.map((parent) => {
    const others = ancestorsOf(
      map,
      parents.filter((each) => each !== parent),
    );
    return oldestFirst(map, ancestorsOf(map, [parent]).difference(others));
  });
  const byTable = new Map<string, Set<string>[]>();
  for (const [at, branch] of branches.entries()) {
    for (const id of branch) {
      for (const table of await touchedTables(map, id)) {
        const touched = byTable.get(table) ?? branches.map(() => new Set<string>());
        touched[at]?.add(id);
        byTable.set(table, touched);
      }
    }
  }
  return [...byTable]
    .filter(([, touched]) => touched.filter((ids) => ids.size > 0).length > 1)
    .map(([table, touched]) => ({
      table,
      revisions: oldestFirst(map, new Set(touched.flatMap((ids) => [...ids]))),
    }));
}

async function touchedTables(map: RevisionMap, id: string): Promise<ReadonlySet<string>> {
  const operations = await record(nodeOf(map, id).revision, 'upgrade');
  return new Set(
    operations.flatMap((operation) => [
      ...('table' in operation && operation.table !== null ? [operation.table] : []),
      ...(operation.kind === 'renameTable' ? [operation.to] : []),
    ]),
  );
}
