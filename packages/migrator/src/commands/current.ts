import { effectiveHeads } from '../revision/current-heads.ts';
import { ancestorsOf } from '../revision/graph-walk.ts';
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
  const applied = ancestorsOf(map, heads);
  const shown = effectiveHeads(map, heads, applied);
  return {
    current: shown.map((revision) => ({ revision, isHead: nodeOf(map, revision).isHead })),
    behind: map.order.length - applied.size,
    revisions: shown.map((id) => revisionDocument(map, id, shown)),
  };
}
