import {
  dependentHistory,
  flaskHistory,
  freshmakerHistory,
  history,
  thrownBy,
} from '../../test/revision/histories.ts';
import { describeStep } from './plan.ts';
import { planStamp } from './plan-stamp.ts';
import type { RevisionMap } from './revision-map.ts';

const lines = (map: RevisionMap, rows: readonly string[], ...targets: string[]) =>
  planStamp(map, rows, targets).steps.map((step) =>
    describeStep(step).replace('Running stamp_revision ', ''),
  );

const merged = history(
  'a',
  'b < a',
  'c1 < b',
  'd1 < c1',
  'c2 < b # c2branch',
  'd2 < c2',
  'e < d1, d2',
  'f < e',
);
const branches = history('a', 'b < a', 'c1 < b # c1branch', 'd1 < c1', 'c2 < b # c2branch', 'd2 < c2');
const library = history(
  'a1 # lib',
  'b1 < a1',
  'c1 < b1',
  'a2',
  'b2 < a2',
  'c2 < b2 ~ c1',
  'd1 < c1',
  'e1 < d1',
);

describe('a stamp', () => {
  test.each<[string, RevisionMap, string[], string[], string[], string[]]>([
    ['of an empty table', freshmakerHistory, [], ['b172'], [' -> b17231ee8220'], ['b17231ee8220']],
    ['of what is there', freshmakerHistory, ['b17231ee8220'], ['b172'], [], ['b17231ee8220']],
    ['up', freshmakerHistory, ['b17231ee8220'], ['head'], ['b17231ee8220 -> fcba8824bf8d'], ['fcba8824bf8d']],
    [
      'down',
      freshmakerHistory,
      ['fcba8824bf8d'],
      ['6004dadc9ac4'],
      ['fcba8824bf8d -> 6004dadc9ac4'],
      ['6004dadc9ac4'],
    ],
    ['of base', freshmakerHistory, ['6004dadc9ac4'], ['base'], ['6004dadc9ac4 -> '], []],
    ['of heads', freshmakerHistory, [], ['heads'], [' -> fcba8824bf8d'], ['fcba8824bf8d']],
    ['of current', freshmakerHistory, ['6004dadc9ac4'], ['current'], [], ['6004dadc9ac4']],
    ['of current at base', freshmakerHistory, [], ['current'], [], []],
    [
      'by a step',
      freshmakerHistory,
      ['6004dadc9ac4'],
      ['+1'],
      ['6004dadc9ac4 -> b17231ee8220'],
      ['b17231ee8220'],
    ],
    [
      'of two heads',
      flaskHistory,
      ['aaaa11110001'],
      ['bbbb', 'cccc'],
      ['aaaa11110001 -> bbbb22220001', 'aaaa11110001 -> cccc33330001'],
      ['bbbb22220001', 'cccc33330001'],
    ],
    [
      'of all heads',
      dependentHistory,
      ['a1a1a1a1a1a1'],
      ['heads'],
      ['a1a1a1a1a1a1 -> a3a3a3a3a3a3', 'a1a1a1a1a1a1 -> b1b1b1b1b1b1'],
      ['a3a3a3a3a3a3', 'b1b1b1b1b1b1'],
    ],
    [
      'of base from two heads',
      dependentHistory,
      ['a3a3a3a3a3a3', 'b1b1b1b1b1b1'],
      ['base'],
      ['b1b1b1b1b1b1 -> ', 'a3a3a3a3a3a3 -> '],
      [],
    ],
    [
      'of two revisions',
      dependentHistory,
      [],
      ['a2a2', 'a3a3'],
      [' -> a3a3a3a3a3a3', ' -> a2a2a2a2a2a2'],
      ['a2a2a2a2a2a2', 'a3a3a3a3a3a3'],
    ],
    [
      'of a revision with its ancestor: the newer',
      dependentHistory,
      [],
      ['a1a1', 'a2a2'],
      [' -> a2a2a2a2a2a2'],
      ['a2a2a2a2a2a2'],
    ],
    ['down to where branches part', branches, ['d1', 'c2'], ['b'], ['c2, d1 -> b'], ['b']],
    ['of one branch', branches, ['d1', 'c2'], ['c2branch@head'], ['c2 -> d2'], ['d1', 'd2']],
    ['of the base of one branch', branches, ['d1', 'c2'], ['c1branch@base'], ['d1 -> '], ['c2']],
    ['of a branch that has no row yet', branches, ['d1'], ['c2'], [' -> c2'], ['c2', 'd1']],
    ['down across a merge', merged, ['e'], ['c2'], ['e -> c2'], ['c2']],
    ['up across a merge', merged, ['d1', 'c2'], ['e'], ['c2, d1 -> e'], ['e']],
    ['up across a merge from one side', merged, ['c2'], ['e'], ['c2 -> e'], ['e']],
    ['of a labelled head across a merge', merged, ['d1', 'c2'], ['c2branch@head'], ['c2, d1 -> f'], ['f']],
    ['down across a dependency', library, ['e1', 'c2'], ['b1'], ['e1, c2 -> b1'], ['b1']],
    [
      'that keeps an unrelated branch',
      flaskHistory,
      ['bbbb22220001', 'ffff66660001'],
      ['dddd'],
      ['bbbb22220001 -> dddd44440001'],
      ['dddd44440001', 'ffff66660001'],
    ],
  ])('%s', (_, map, rows, targets, expected, heads) => {
    expect(lines(map, rows, ...targets)).toEqual(expected);
    expect(planStamp(map, rows, targets).toHeads.toSorted()).toEqual(heads);
  });

  test('down from two branches deletes one row and moves the other', () => {
    expect(planStamp(branches, ['d1', 'c2'], ['b']).steps[0]?.versionChange).toEqual({
      deletes: ['c2'],
      updates: [{ from: 'd1', to: 'b' }],
      inserts: [],
    });
  });

  test('of two heads moves the row once', () => {
    const plan = planStamp(flaskHistory, ['aaaa11110001'], ['bbbb', 'cccc']);
    expect(plan.steps.map(({ versionChange }) => versionChange)).toEqual([
      { deletes: [], updates: [{ from: 'aaaa11110001', to: 'bbbb22220001' }], inserts: [] },
      { deletes: [], updates: [], inserts: ['cccc33330001'] },
    ]);
  });

  test.each([
    [['b17231ee8220'], 'deadbeef', 'REVISION_NOT_FOUND'],
    [['b17231ee8220'], '8', 'REVISION_AMBIGUOUS'],
    [['b17231ee8220'], '', 'USAGE_INVALID'],
    [['feedfacebeef'], 'head', 'UNKNOWN_DATABASE_REVISION'],
    [['fcba8824bf8d', '6004dadc9ac4'], 'head', 'VERSION_TABLE_INVALID'],
  ])('from %j of %s is %s', (rows, target, code) => {
    expect(thrownBy(() => planStamp(freshmakerHistory, rows, [target]))).toMatchObject({ code });
  });

  test('of head among several heads is MULTIPLE_HEADS', () => {
    expect(thrownBy(() => planStamp(branches, ['a'], ['head']))).toMatchObject({ code: 'MULTIPLE_HEADS' });
  });
});

describe('a purging stamp', () => {
  test.each([[['feedface']], [['a1a1a1a1a1a1', 'a2a2a2a2a2a2']], [[]]])('forgets %j', (rows) => {
    expect(planStamp(dependentHistory, rows, ['heads'], { purge: true })).toMatchObject({
      purge: true,
      fromHeads: [],
      toHeads: ['a3a3a3a3a3a3', 'b1b1b1b1b1b1'],
      steps: [
        { revision: 'a3a3a3a3a3a3', versionChange: { inserts: ['a3a3a3a3a3a3'] } },
        { revision: 'b1b1b1b1b1b1', versionChange: { inserts: ['b1b1b1b1b1b1'] } },
      ],
    });
  });

  test('of base has no other step', () => {
    expect(planStamp(dependentHistory, ['feedface'], ['base'], { purge: true })).toMatchObject({
      purge: true,
      steps: [],
      toHeads: [],
    });
  });
});
