import fc from 'fast-check';
import {
  dependentHistory,
  flaskHistory,
  freshmaker,
  freshmakerHistory,
  history,
  scripts,
  thrownBy,
} from '../../test/revision/histories.ts';
import { buildRevisionMap } from './build-revision-map.ts';
import type { HistoryProblem } from './history-problems.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

const labelsOf = (map: RevisionMap) =>
  Object.fromEntries([...map.nodes].map(([id, { branchLabels }]) => [id, branchLabels.join(' ')]));

describe('an indexed history', () => {
  test('of nothing has nothing', () => {
    const map = buildRevisionMap([]);
    expect(map.order).toEqual([]);
    expect(map.heads).toEqual([]);
    expect(map.bases).toEqual([]);
  });

  test('of one line has one head and one base', () => {
    expect(freshmakerHistory.order).toEqual(freshmaker);
    expect(freshmakerHistory.heads).toEqual(['fcba8824bf8d']);
    expect(freshmakerHistory.bases).toEqual(['8d2e9cd99c54']);
    expect(freshmakerHistory.branchPoints).toEqual([]);
    expect(nodeOf(freshmakerHistory, 'b17231ee8220')).toMatchObject({
      downRevisions: ['6004dadc9ac4'],
      nextRevisions: ['e06434b3ef5e'],
      isHead: false,
      isBase: false,
    });
  });

  test('knows branch points, merge points and several bases', () => {
    expect(flaskHistory).toMatchObject({
      heads: ['ffff66660001', 'eeee55550002'],
      realHeads: ['ffff66660001', 'eeee55550002'],
      bases: ['aaaa11110001', 'ffff66660001'],
      branchPoints: ['aaaa11110001'],
      mergePoints: ['dddd44440001'],
    });
    expect(nodeOf(flaskHistory, 'aaaa11110001').nextRevisions).toEqual(['bbbb22220001', 'cccc33330001']);
  });

  test('tells heads from real heads: nothing depends on a real one', () => {
    expect(dependentHistory.heads).toEqual(['b1b1b1b1b1b1', 'a2a2a2a2a2a2', 'a3a3a3a3a3a3']);
    expect(dependentHistory.realHeads).toEqual(['b1b1b1b1b1b1', 'a3a3a3a3a3a3']);
    expect(nodeOf(dependentHistory, 'a2a2a2a2a2a2')).toMatchObject({ isHead: true, isRealHead: false });
    expect(nodeOf(dependentHistory, 'b1b1b1b1b1b1')).toMatchObject({
      isBase: true,
      dependencies: ['a2a2a2a2a2a2'],
      allDownRevisions: ['a2a2a2a2a2a2'],
    });
  });

  test('resolves a dependency named by a label, and keeps a repeated reference once', () => {
    const map = history('a # lib', 'b', 'c < b, b ~ lib, a');
    expect(nodeOf(map, 'c')).toMatchObject({
      downRevisions: ['b'],
      dependencies: ['a'],
      allDownRevisions: ['b', 'a'],
      isMergePoint: false,
    });
  });

  test('keeps branches in one piece, older ones first', () => {
    const map = history('a', 'left1 < a', 'right1 < a', 'left2 < left1', 'right2 < right1');
    expect(map.order).toEqual(['a', 'left1', 'left2', 'right1', 'right2']);
  });

  test('lists a branch that others depend on before them, whatever the dates say', () => {
    const [late, ...others] = scripts('late', 'x', 'y < x ~ late');
    const map = buildRevisionMap([
      { ...(late as NonNullable<typeof late>), createDate: '2030-01-01' },
      ...others,
    ]);
    expect(map.order).toEqual(['x', 'late', 'y']);
  });

  test('is the same whatever the order the scripts are read in', () => {
    const lines = ['a', 'b < a', 'c < a', 'd < c, b', 'e < d # feat', 'f ~ b', 'g < f # other'];
    const expected = history(...lines);
    fc.assert(
      fc.property(fc.shuffledSubarray([...scripts(...lines)], { minLength: lines.length }), (shuffled) => {
        const map = buildRevisionMap(shuffled);
        expect(map.order).toEqual(expected.order);
        expect([...map.nodes]).toEqual([...expected.nodes]);
        expect(map.heads).toEqual(expected.heads);
      }),
    );
  });
});

describe('a branch label', () => {
  test.each([
    ['reaches all descendants', ['a', 'b < a # x', 'c < b', 'd < c'], { d: 'x', c: 'x' }],
    [
      'reaches down to the base of an unbranched line',
      ['a', 'b < a', 'c < b # x'],
      { a: 'x', b: 'x', c: 'x' },
    ],
    ['stops above the branch point', ['a', 'b < a', 'c < b # x', 'd < a'], { a: '', b: 'x', c: 'x', d: '' }],
    ['stops above a merge', ['a', 'b', 'c < a, b', 'd < c', 'e < d # x'], { c: '', d: 'x', e: 'x' }],
    ['goes on above a merge', ['a', 'b < a # x', 'c < a', 'd < b, c'], { a: '', b: 'x', c: '', d: 'x' }],
    ['stops above what another branch depends on', ['a', 'b < a # x', 'c ~ a'], { a: '', b: 'x', c: '' }],
    [
      'stays where it is when its branch splits further up',
      ['a', 'b < a # x', 'c < b', 'd < b'],
      { a: '', b: 'x', c: 'x', d: 'x' },
    ],
    ['does not follow dependencies', ['a # x', 'b ~ a'], { a: 'x', b: '' }],
    ['joins others of its line', ['a # x', 'b < a # y', 'c < b'], { a: 'x y', b: 'x y', c: 'x y' }],
    [
      'of each side is on their merge',
      ['a', 'b < a # x', 'c < a # y', 'd < b, c'],
      { b: 'x', c: 'y', d: 'x y' },
    ],
  ])('%s', (_, lines, expected) => {
    expect(labelsOf(history(...lines))).toMatchObject(expected);
  });
});

describe('a broken history', () => {
  const problemsOf = (...lines: string[]) =>
    thrownBy(() => history(...lines)) as {
      readonly code: string;
      readonly message: string;
      readonly hint: string;
      readonly problems: readonly HistoryProblem[];
    };

  test.each<[string, string[], string, Partial<HistoryProblem>]>([
    [
      'a missing parent',
      ['a', 'b < x'],
      'REVISION_NOT_FOUND',
      { revisions: ['b'], paths: ['versions/b.ts'], name: 'x' },
    ],
    ['a missing dependency', ['a ~ lib'], 'REVISION_NOT_FOUND', { revisions: ['a'], name: 'lib' }],
    [
      'an identifier used twice',
      ['a', 'a'],
      'REVISION_DUPLICATE',
      { revisions: ['a'], paths: ['versions/a.ts', 'versions/a.ts'] },
    ],
    ['a label used twice', ['a # x', 'b # x'], 'REVISION_DUPLICATE', { revisions: ['a', 'b'], name: 'x' }],
    [
      'a label that is an identifier',
      ['a # b', 'b'],
      'REVISION_DUPLICATE',
      { revisions: ['a', 'b'], name: 'b' },
    ],
    ['its own parent', ['a < a'], 'REVISION_CYCLE', { revisions: ['a'], paths: ['versions/a.ts'] }],
    ['its own dependency', ['a ~ a'], 'REVISION_CYCLE', { revisions: ['a'] }],
    [
      'a dependency on a descendant',
      ['a ~ b', 'b < a'],
      'REVISION_CYCLE',
      { revisions: expect.arrayContaining(['a', 'b']) },
    ],
    ['a reserved word as identifier', ['head'], 'SCRIPT_INVALID', { revisions: ['head'] }],
    ['a reserved word as label', ['a # base'], 'SCRIPT_INVALID', { revisions: ['a'], name: 'base' }],
    ['a character with a meaning', ['a@b'], 'SCRIPT_INVALID', { revisions: ['a@b'] }],
    ['more than the version table holds', ['a'.repeat(33)], 'SCRIPT_INVALID', {}],
  ])('with %s says so', (_, lines, code, problem) => {
    const error = problemsOf(...lines);
    expect(error).toMatchObject({ code, hint: expect.any(String) });
    expect(error.problems).toEqual([expect.objectContaining({ code, ...problem })]);
    for (const path of error.problems[0]?.paths ?? []) expect(error.message).toContain(path);
  });

  test('names all members of a cycle and their files', () => {
    const error = problemsOf('a', 'b < d, a', 'c < b', 'd < c', 'e < d');
    expect(error).toMatchObject({ code: 'REVISION_CYCLE' });
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]?.revisions.toSorted()).toEqual(['b', 'c', 'd']);
    expect(error.problems[0]?.paths.toSorted()).toEqual(['versions/b.ts', 'versions/c.ts', 'versions/d.ts']);
  });

  test('tells a cycle of dependencies from one of parents', () => {
    expect(problemsOf('a ~ d', 'b < a', 'c', 'd < c ~ b').message).toMatch(/^Dependencies/);
    expect(problemsOf('a < b', 'b < a').message).toMatch(/^Parents/);
  });

  test('reports everything at once, the worst first', () => {
    const error = problemsOf(
      'a < zz',
      'b ~ nolib',
      'c < d',
      'd < c',
      'e # x',
      'f # x',
      'g',
      'g',
      'h ~ h',
      'current',
    );
    expect(error.problems.map(({ code }) => code)).toEqual([
      'SCRIPT_INVALID',
      'REVISION_DUPLICATE',
      'REVISION_DUPLICATE',
      'REVISION_CYCLE',
      'REVISION_CYCLE',
      'REVISION_NOT_FOUND',
      'REVISION_NOT_FOUND',
    ]);
    expect(error.message).toContain('7 problems');
  });

  test('suggests what a mistyped parent may be', () => {
    const error = problemsOf('8d2e9cd99c54', '43b3c6580af7 < 8d2e9cd99c45');
    expect(error.problems[0]?.didYouMean).toEqual(['8d2e9cd99c54']);
    expect(error.hint).toContain('8d2e9cd99c54');
  });

  test('a dependency on an ancestor is none', () => {
    expect(history('a', 'b < a', 'c < b ~ a').order).toEqual(['a', 'b', 'c']);
  });
});
