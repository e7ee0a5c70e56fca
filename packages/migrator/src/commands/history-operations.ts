import type { Operation } from '../operations/operation.ts';
import { ancestorsOf, oldestFirst } from '../revision/graph-walk.ts';
import { nodeOf, type RevisionMap } from '../revision/revision-map.ts';
import { record } from '../script/record.ts';

/** All that the scripts up to some revisions record, oldest first. */
export async function historyOperations(
  map: RevisionMap,
  heads: readonly string[],
): Promise<readonly Operation[]> {
  const operations: Operation[] = [];
  for (const id of oldestFirst(map, ancestorsOf(map, heads))) {
    operations.push(...(await record(nodeOf(map, id).revision, 'upgrade')));
  }
  return operations;
}
