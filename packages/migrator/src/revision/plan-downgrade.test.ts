import {
  dependentHistory,
  flaskHistory,
  freshmaker,
  freshmakerHistory,
  history,
  thrownBy,
} from '../../test/revision/histories.ts';
import { describeStep } from './plan.ts';
import { planDowngrade } from './plan-downgrade.ts';
import type { RevisionMap } from './revision-map.ts';

const ran = (map: RevisionMap, rows: readonly string[], target: string) => {
  const plan = planDowngrade(map, rows, target);
  return [plan.steps.map(({ revision }) => revision.revision).join(' '), plan.toHeads.toSorted().join(' ')];
};

const branches = history('a', 'b < a', 'c1 < b # c1branch', 'd1 < c1', 'c2 < b # c2branch', 'd2 < c2');
const sideways = history('a1', 'b1 < a1', 'c1 < b1', 'a2', 'b2 < a2', 'c2 < b2', 'd1 < c1, c2', 'd2 < c2');
const crossed = history('a', 'b < a', 'c1 < b # c1branch', 'd1 < c1', 'c2 < b # c2branch', 'd2 < c2 ~ c1');
const overmerge = history(
  'a1',
  'a2',
  'a3',
  'amerge < a1, a2, a3',
  'b1',
  'b2',
  'bmerge < b1, b2',
  'c1',
  'c2',
  'c3',
  'cmerge < c1, c2, c3',
  'd1 ~ a3, b2, c1',
);
const crissCross = history('a1', 'a2 < a1', 'b1', 'b2 < b1 ~ a2', 'b3 < b2', 'a3 < a2 ~ b1');
const twiceDependent = history('a1', 'a2 < a1', 'a3 < a2', 'b1', 'b2 < b1 ~ a3', 'b3 < b2', 'b4 < b3 ~ a3');
const mergeOfDependent = history('a1', 'b1 ~ a1', 'm < a1, b1');
const appWithBranches = history('a # app', 'b < a', 'c1 < b', 'c2 < b', 'd1 < c1');

describe('a downgrade of one line', () => {
  const above = (id: string, from: string) =>
    freshmaker
      .slice(freshmaker.indexOf(id) + 1, freshmaker.indexOf(from) + 1)
      .toReversed()
      .join(' ');

  test.each([
    [['fcba8824bf8d'], '-1', 'fcba8824bf8d', '2358b6f55f24'],
    [['2358b6f55f24'], '8eed', above('8eeddff9a4f3', '2358b6f55f24'), '8eeddff9a4f3'],
    [['8eeddff9a4f3'], '8eeddff9a4f3', '', '8eeddff9a4f3'],
    [['8eeddff9a4f3'], '8eeddff9a4f3-1', '8eeddff9a4f3', '807ea37dcf0e'],
    [['807ea37dcf0e'], '300b+2', above('d6de0409fc74', '807ea37dcf0e'), 'd6de0409fc74'],
    [['fcba8824bf8d'], 'current-2', 'fcba8824bf8d 2358b6f55f24', 'fbc2eac9bfa5'],
    [['fcba8824bf8d'], 'current', '', 'fcba8824bf8d'],
    [['807ea37dcf0e'], 'base', above('', '807ea37dcf0e'), ''],
    [['8d2e9cd99c54'], '-1', '8d2e9cd99c54', ''],
    [['fcba8824bf8d'], 'base', freshmaker.toReversed().join(' '), ''],
    [[], 'base', '', ''],
    [[], 'current', '', ''],
  ])('from %j to %s', (rows, target, steps, heads) => {
    expect(ran(freshmakerHistory, rows, target)).toEqual([steps, heads]);
  });

  test.each([
    [['8eeddff9a4f3'], '8', 'REVISION_AMBIGUOUS'],
    [['8eeddff9a4f3'], 'deadbeef', 'REVISION_NOT_FOUND'],
    [['8eeddff9a4f3'], 'head', 'NOT_A_DOWNGRADE_TARGET'],
    [['8eeddff9a4f3'], 'fcba8824bf8d', 'NOT_A_DOWNGRADE_TARGET'],
    [['8eeddff9a4f3'], '+1', 'RELATIVE_OUT_OF_RANGE'],
    [['8eeddff9a4f3'], '-0', 'RELATIVE_OUT_OF_RANGE'],
    [['8eeddff9a4f3'], '-999', 'RELATIVE_OUT_OF_RANGE'],
    [['807ea37dcf0e'], '807e-20', 'RELATIVE_OUT_OF_RANGE'],
    [['807ea37dcf0e'], '807e:base', 'USAGE_INVALID'],
    [[], '-1', 'RELATIVE_OUT_OF_RANGE'],
    [[], '8d2e', 'NOT_A_DOWNGRADE_TARGET'],
    [['feedfacebeef'], 'base', 'UNKNOWN_DATABASE_REVISION'],
    [['fcba8824bf8d', '6004dadc9ac4'], '-1', 'VERSION_TABLE_INVALID'],
  ])('from %j to %s is %s', (rows, target, code) => {
    expect(thrownBy(() => planDowngrade(freshmakerHistory, rows, target))).toMatchObject({
      code,
      hint: expect.stringMatching(/\S/),
    });
  });

  test('each step moves the one row, the last takes it away', () => {
    const plan = planDowngrade(freshmakerHistory, ['43b3c6580af7'], 'base');
    expect(plan.steps.map(({ versionChange }) => versionChange)).toEqual([
      { deletes: [], updates: [{ from: '43b3c6580af7', to: '8d2e9cd99c54' }], inserts: [] },
      { deletes: ['8d2e9cd99c54'], updates: [], inserts: [] },
    ]);
    expect(plan.steps.map(describeStep)).toEqual([
      'Running downgrade 43b3c6580af7 -> 8d2e9cd99c54, 43B3C6580AF7',
      'Running downgrade 8d2e9cd99c54 -> , 8D2E9CD99C54',
    ]);
  });
});

describe('a downgrade among branches', () => {
  test.each<[string, RevisionMap, string[], string, string, string]>([
    ['below all of them', branches, ['d1', 'd2'], 'a', 'd2 c2 d1 c1 b', 'a'],
    ['base+2, where they part', branches, ['d1', 'd2'], 'base+2', 'd2 c2 d1 c1', 'b'],
    ['the same on one branch', branches, ['d1', 'd2'], 'c2branch@base+2', 'd2 c2', 'd1'],
    ['into one branch', branches, ['d1', 'd2'], 'c2branch@base+3', 'd2', 'c2 d1'],
    ['a revision of one branch', branches, ['d1', 'd2'], 'c2', 'd2', 'c2 d1'],
    ['one step of a labelled branch', branches, ['d1', 'd2'], 'c1branch@-1', 'd1', 'c1 d2'],
    ['one step below a revision', branches, ['c1', 'd2'], 'd2-1', 'd2', 'c1 c2'],
    ['where they part, on a branch named by a label', branches, ['c1', 'd2'], 'c2branch@b', 'd2 c2', 'c1'],
    ['the same, on a branch named by a revision', branches, ['d1', 'd2'], 'd1@b', 'd1 c1', 'd2'],
    ['below the head of a branch', branches, ['d1', 'd2'], 'c1branch@head-1', 'd1', 'c1 d2'],
    ['where a branch is already', branches, ['d1', 'c2'], 'c2', '', 'c2 d1'],
    ['one side of a merge', sideways, ['d1', 'd2'], 'b1', 'd1 c1', 'b1 d2'],
    ['a branch others depend on', crossed, ['d1', 'd2'], 'c1branch@b', 'd2 d1 c1', 'c2'],
    ['a branch that depends on others', crossed, ['d1', 'd2'], 'c2branch@b', 'd2 c2', 'd1'],
    [
      'a side something depends on',
      overmerge,
      ['amerge', 'bmerge', 'cmerge', 'd1'],
      'b2',
      'bmerge',
      'amerge b1 cmerge d1',
    ],
    [
      'the base of what depends on others',
      overmerge,
      ['amerge', 'b1', 'cmerge', 'd1'],
      'd1@base',
      'd1',
      'amerge b1 b2 cmerge',
    ],
    ['half a merge of dependencies', crissCross, ['a3', 'b2'], 'b1', 'b2', 'a3'],
    ['a revision that implies the dependency still', twiceDependent, ['b4'], 'b3', 'b4', 'b3'],
    ['below a merge with its dependency', mergeOfDependent, ['m'], 'a1', 'm', 'b1'],
    ['a step on a branch labelled further down', appWithBranches, ['c2'], 'app@-1', 'c2', 'b'],
    ['a step that leaves another branch alone', appWithBranches, ['c2', 'd1'], 'c2@-1', 'c2', 'd1'],
    [
      'below a recorded merge',
      flaskHistory,
      ['dddd44440001'],
      'aaaa',
      'dddd44440001 cccc33330001 bbbb22220001',
      'aaaa11110001',
    ],
    [
      'a step on the recorded label',
      flaskHistory,
      ['eeee55550002'],
      'feat@-1',
      'eeee55550002',
      'eeee55550001',
    ],
    [
      'the base of the recorded label',
      flaskHistory,
      ['eeee55550002', 'ffff66660001'],
      'other@base',
      'ffff66660001',
      'eeee55550002',
    ],
    [
      'base',
      dependentHistory,
      ['a3a3a3a3a3a3', 'b1b1b1b1b1b1'],
      'base',
      'b1b1b1b1b1b1 a2a2a2a2a2a2 a3a3a3a3a3a3 a1a1a1a1a1a1',
      '',
    ],
  ])('to %s', (_, map, rows, target, steps, heads) => {
    expect(ran(map, rows, target)).toEqual([steps, heads]);
  });

  test.each<[RevisionMap, string, string[], string]>([
    [branches, '-1', ['d1', 'd2'], 'AMBIGUOUS_WALK'],
    [branches, 'current-1', ['d1', 'd2'], 'AMBIGUOUS_WALK'],
    [branches, 'b@-1', ['d1', 'd2'], 'AMBIGUOUS_WALK'],
    [branches, 'heads', ['d1', 'd2'], 'MULTIPLE_HEADS'],
    [branches, 'head', ['d1'], 'MULTIPLE_HEADS'],
    [branches, 'd1@c2', ['d1', 'd2'], 'REVISION_NOT_FOUND'],
    [flaskHistory, '-1', ['dddd44440001'], 'AMBIGUOUS_WALK'],
    [flaskHistory, 'bbbb', ['aaaa11110001'], 'NOT_A_DOWNGRADE_TARGET'],
    [dependentHistory, 'a2a2@-1', [], 'RELATIVE_OUT_OF_RANGE'],
  ])('%#: to %s from %j is %s', (map, target, rows, code) => {
    expect(thrownBy(() => planDowngrade(map, rows, target))).toMatchObject({ code });
  });

  test('leaving a merge, its row becomes one of its parents, and the others get theirs', () => {
    const [step] = planDowngrade(flaskHistory, ['dddd44440001'], 'aaaa').steps;
    expect(step?.versionChange).toEqual({
      deletes: [],
      updates: [{ from: 'dddd44440001', to: 'bbbb22220001' }],
      inserts: ['cccc33330001'],
    });
    expect(step && describeStep(step)).toBe(
      'Running downgrade dddd44440001 -> cccc33330001, bbbb22220001, DDDD44440001',
    );
  });

  test('the last child of a branch point gives its row back, the others lose theirs', () => {
    const plan = planDowngrade(flaskHistory, ['bbbb22220001', 'cccc33330001'], 'aaaa');
    expect(plan.steps.map(({ versionChange }) => versionChange)).toEqual([
      { deletes: ['cccc33330001'], updates: [], inserts: [] },
      { deletes: [], updates: [{ from: 'bbbb22220001', to: 'aaaa11110001' }], inserts: [] },
    ]);
  });

  test('no row is left beside that of a revision that includes it', () => {
    const map = history('a1', 'a2 < a1', 'a3 < a2 ~ a1', 'z');
    expect(ran(map, ['a3', 'z'], 'a2')).toEqual(['a3', 'a2 z']);
  });
});
