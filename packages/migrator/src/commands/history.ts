import { effectiveHeads } from '../revision/current-heads.ts';
import { historyRange, rangeAsksForDatabase } from '../revision/history-range.ts';
import { asksForDatabase, resolveRevisions } from '../revision/resolve-target.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import { readHistory } from '../script/script-directory.ts';
import { type DatabaseContext, type HistoryContext, readState } from './context.ts';
import { type RevisionDocument, type RevisionsDocument, revisionDocument } from './revision-document.ts';

export interface HistoryOptions {
  /** `A:B`, either side may be left out. */
  readonly range?: string;
  /** Mark the revisions the database is at. */
  readonly indicateCurrent?: boolean;
}

/** Revisions, newest first. The database is asked only where the range or `indicateCurrent` needs it. */
export async function history(
  context: HistoryContext & Partial<DatabaseContext>,
  options: HistoryOptions = {},
): Promise<RevisionsDocument> {
  const map = await readHistory(context.scripts);
  const range = options.range ?? null;
  const needed = options.indicateCurrent === true || (range !== null && rangeAsksForDatabase(map, range));
  const rows = needed ? await rowsOf(context) : null;
  const shown = rows === null ? undefined : effectiveHeads(map, rows);
  return { revisions: historyRange(map, range, rows).map((id) => revisionDocument(map, id, shown)) };
}

async function rowsOf(context: HistoryContext & Partial<DatabaseContext>): Promise<readonly string[] | null> {
  if (context.driver === undefined) return null;
  const { heads } = await readState({ ...context, driver: context.driver });
  return heads;
}

/** The heads of the history; with `resolveDependencies` those on which no other revision depends. */
export async function heads(
  context: HistoryContext,
  options: { readonly resolveDependencies?: boolean } = {},
): Promise<RevisionsDocument> {
  const map = await readHistory(context.scripts);
  return documents(map, options.resolveDependencies ? map.realHeads : map.heads);
}

export interface BranchesDocument {
  /** Each with its children, newest first. */
  readonly revisions: readonly (RevisionDocument & { readonly branchesInto: readonly RevisionDocument[] })[];
}

/** The revisions at which the history branches, newest first. */
export async function branches(context: HistoryContext): Promise<BranchesDocument> {
  const map = await readHistory(context.scripts);
  const { revisions } = documents(map, map.branchPoints);
  return {
    revisions: revisions.map((revision) => ({
      ...revision,
      branchesInto: documents(map, revision.nextRevisions.toReversed()).revisions,
    })),
  };
}

/** One revision, or several for `heads`. The database is asked only for a target that counts from it. */
export async function show(
  context: HistoryContext & Partial<DatabaseContext>,
  target = 'head',
): Promise<RevisionsDocument> {
  const map = await readHistory(context.scripts);
  const rows = asksForDatabase(map, target) ? await rowsOf(context) : null;
  return documents(map, resolveRevisions(map, target, rows));
}

function documents(map: RevisionMap, ids: readonly string[]): RevisionsDocument {
  return { revisions: ids.map((id) => revisionDocument(map, id)) };
}
