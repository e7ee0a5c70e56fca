import { effectiveHeads, pendingRevisions } from '../revision/current-heads.ts';
import { nodeOf } from '../revision/revision-map.ts';
import { type DatabaseContext, readState } from './context.ts';
import { type RevisionDocument, revisionDocument } from './revision-document.ts';

export interface CurrentDocument {
  readonly current: readonly { readonly revision: string; readonly isHead: boolean }[];
  /** How many revisions of the history the database does not have. */
  readonly behind: number;
  /** The same revisions as {@link CurrentDocument.current}, whole. */
  readonly revisions: readonly RevisionDocument[];
}

/** Where the database is. A database that does not exist, or has no version table, is nowhere. Writes nothing. */
export async function current(context: DatabaseContext): Promise<CurrentDocument> {
  const { map, heads } = await readState(context);
  const shown = effectiveHeads(map, heads);
  return {
    current: shown.map((revision) => ({ revision, isHead: nodeOf(map, revision).isHead })),
    behind: pendingRevisions(map, heads).length,
    revisions: shown.map((id) => revisionDocument(map, id, shown)),
  };
}
