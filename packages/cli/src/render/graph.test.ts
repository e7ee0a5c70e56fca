import type { RevisionDocument } from '@freshmaker/migrator/engine';
import { graphRows, hasBranches } from './graph.ts';

/** Revisions, newest first, as `id: parents`. */
function revisions(...lines: readonly string[]): RevisionDocument[] {
  const parsed = lines.map((line) => {
    const [id = '', parents = ''] = line.split(':');
    return { id, parents: parents.split(' ').filter((parent) => parent !== '') };
  });
  return parsed.map(({ id, parents }) => {
    const children = parsed.filter((each) => each.parents.includes(id)).map((each) => each.id);
    return {
      revision: id,
      downRevision: parents.length > 1 ? parents : (parents[0] ?? null),
      isHead: children.length === 0,
      isBranchPoint: children.length > 1,
      isMergePoint: parents.length > 1,
    } as unknown as RevisionDocument;
  });
}

const drawn = (history: readonly RevisionDocument[]) =>
  graphRows(history).map(({ graph, revision }) => (revision ? `${graph} ${revision.revision}` : graph));

describe('the graph of a history', () => {
  test.each([
    ['a line', ['c: b', 'b: a', 'a:'], ['● c', '● b', '● a']],
    ['two heads', ['c: a', 'b: a', 'a:'], ['● c', '│ ● b', '├─┘', '● a']],
    ['a merge', ['d: b c', 'c: a', 'b: a', 'a:'], ['● d', '├─┐', '│ ● c', '● │ b', '├─┘', '● a']],
    ['two histories', ['b:', 'a:'], ['● b', '● a']],
    [
      'three branches joined at once',
      ['e: b c d', 'd: a', 'c: a', 'b: a', 'a:'],
      ['● e', '├─┬─┐', '│ │ ● d', '│ ● │ c', '● │ │ b', '├─┴─┘', '● a'],
    ],
    [
      'a line that crosses another',
      ['e: b', 'd: c', 'f: b', 'c: a', 'b: a', 'a:'],
      ['● e', '│ ● d', '│ │ ● f', '│ ● │ c', '├─┼─┘', '● │ b', '├─┘', '● a'],
    ],
    ['a range that leaves the parents out', ['c: b', 'b: a'], ['● c', '● b']],
  ])('%s', (_, history, expected) => {
    expect(drawn(revisions(...history))).toEqual(expected);
  });

  test('is drawn only where there is more than one line', () => {
    expect(hasBranches(revisions('b: a', 'a:'))).toBe(false);
    expect(hasBranches(revisions('c: a', 'b: a', 'a:'))).toBe(true);
  });
});
