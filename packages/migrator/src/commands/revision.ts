import { renderTableTypes } from '../autogenerate/table-types.ts';
import { apply } from '../operations/apply.ts';
import { planRevision } from '../revision/new-revision.ts';
import { asksForDatabase } from '../revision/resolve-target.ts';
import { emptySchema } from '../schema/schema.ts';
import { readHistory } from '../script/script-directory.ts';
import { type DatabaseContext, type HistoryContext, readState } from './context.ts';
import { historyOperations } from './history-operations.ts';
import { createScript, type NewScriptDocument, type NewScriptOptions } from './new-script.ts';

/** Where in the history a new revision goes. */
export interface RevisionPlaceOptions {
  /** What to build on; default `head`. */
  readonly head?: string;
  /** Allow a revision that has children already. */
  readonly splice?: boolean;
  readonly branchLabels?: readonly string[];
  readonly dependsOn?: readonly string[];
}

export interface RevisionOptions extends NewScriptOptions, RevisionPlaceOptions {
  /** Tables whose types, as they are at that revision, are written into the script for a data step. */
  readonly withTables?: readonly string[];
}

/**
 * Writes a script without operations. The database is asked only where `head` or `dependsOn` counts from it.
 *
 * @throws RevisionError `MULTIPLE_HEADS` when there are several heads and none is named; else as `planRevision`.
 */
export async function revision(
  context: HistoryContext & Partial<DatabaseContext>,
  options: RevisionOptions = {},
): Promise<NewScriptDocument> {
  const map = await readHistory(context.scripts);
  const arguments_ = [options.head ?? 'head', ...(options.dependsOn ?? [])];
  const needsDatabase = arguments_.some((each) => asksForDatabase(map, each));
  const { driver } = needsDatabase ? context : {};
  const currentHeads = driver === undefined ? null : (await readState({ ...context, driver })).heads;
  const place = planRevision(map, { ...options, currentHeads });
  const { withTables = [] } = options;
  const schema =
    withTables.length === 0
      ? emptySchema
      : (await historyOperations(map, place.downRevisions)).reduce(apply, emptySchema);
  const tableTypes = withTables.length === 0 ? {} : { tableTypes: renderTableTypes(schema, withTables) };
  const content = { place, upgrade: [], downgrade: [], ...tableTypes };
  return createScript(map, context.scripts, content, options);
}
