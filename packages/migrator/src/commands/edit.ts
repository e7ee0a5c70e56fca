import { ConfigurationError } from '../errors.ts';
import { asksForDatabase, resolveRevisions } from '../revision/resolve-target.ts';
import { multipleHeads } from '../revision/revision-errors.ts';
import { nodeOf } from '../revision/revision-map.ts';
import { record } from '../script/record.ts';
import { readHistory, readRevision } from '../script/script-directory.ts';
import { type DatabaseContext, type HistoryContext, readState } from './context.ts';
import { type RevisionDocument, revisionDocument } from './revision-document.ts';

/**
 * The one script a person wants to edit.
 *
 * @param target default `current`: the revision the database is at.
 * @throws RevisionError `MULTIPLE_HEADS` for several; ConfigurationError `USAGE_INVALID` for the base, which has no script.
 */
export async function scriptToEdit(
  context: HistoryContext & Partial<DatabaseContext>,
  target = 'current',
): Promise<RevisionDocument> {
  const map = await readHistory(context.scripts);
  const { driver } = asksForDatabase(map, target) ? context : {};
  const heads = driver === undefined ? null : (await readState({ ...context, driver })).heads;
  const [id, ...others] = resolveRevisions(map, target, heads);
  if (others.length > 0) throw multipleHeads(map, target, [id as string, ...others]);
  if (id !== undefined) return revisionDocument(map, id);
  throw new ConfigurationError('USAGE_INVALID', `'${target}' is the base, and the base has no script.`, {
    hint: 'Name a revision, for example head.',
    facts: { argument: target },
  });
}

/**
 * Checks a script after it was edited: its header, its place in the history, and that both its functions record.
 *
 * @param path absolute.
 * @throws ScriptError, RevisionError for what is wrong with it.
 */
export async function checkScript(context: HistoryContext, path: string): Promise<RevisionDocument> {
  const { revision } = await readRevision(path);
  const map = await readHistory(context.scripts);
  const node = nodeOf(map, revision);
  for (const direction of ['upgrade', 'downgrade'] as const) await record(node.revision, direction);
  return revisionDocument(map, revision);
}
