import {
  dependentHistory,
  flaskHistory,
  freshmaker,
  freshmakerHistory,
  history,
  thrownBy,
} from '../../test/revision/histories.ts';
import { describeStep } from './plan.ts';
import { planUpgrade } from './plan-upgrade.ts';
import type { RevisionMap } from './revision-map.ts';

const ran = (map: RevisionMap, rows: readonly string[], target: string | readonly string[]) => {
  const plan = planUpgrade(map, rows, target);
  return [plan.steps.map(({ revision }) => revision.revision).join(' '), plan.toHeads.toSorted().join(' ')];
};

const branches = history('a', 'b < a', 'c1 < b # c1branch', 'd1 < c1', 'c2 < b # c2branch', 'd2 < c2');
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
const sideways = history('a1', 'b1 < a1', 'c1 < b1', 'a2', 'b2 < a2', 'c2 < b2', 'd1 < c1, c2', 'd2 < c2');
const library = history(
  'a1 # lib',
  'b1 < a1',
  'c1 < b1 # c1lib',
  'a2',
  'b2 < a2',
  'c2 < b2 ~ c1lib',
  'd1 < c1',
);
const ownDownRevision = history('a1', 'a2 < a1 ~ a1');
const mergeOfDependent = history('a1', 'b1 ~ a1', 'm < a1, b1');

describe('an upgrade of one line', () => {
  const at = (id: string) => freshmaker.indexOf(id);
  const between = (from: string, to: string) => freshmaker.slice(at(from) + 1, at(to) + 1).join(' ');

  test.each([
    [[], '+1', '8d2e9cd99c54', '8d2e9cd99c54'],
    [['8d2e9cd99c54'], '43b3', '43b3c6580af7', '43b3c6580af7'],
    [['43b3c6580af7'], '43b3c6580af7+2', 'bfc0e0d2eea6 300b86758bb1', '300b86758bb1'],
    [['300b86758bb1'], '43b3+1', '', '300b86758bb1'],
    [['300b86758bb1'], '+2', '3f56425964cf d6de0409fc74', 'd6de0409fc74'],
    [['d6de0409fc74'], '80', between('d6de0409fc74', '807ea37dcf0e'), '807ea37dcf0e'],
    [['807ea37dcf0e'], 'head', between('807ea37dcf0e', 'fcba8824bf8d'), 'fcba8824bf8d'],
    [['807ea37dcf0e'], '8eed-5', '', '807ea37dcf0e'],
    [['fcba8824bf8d'], 'head', '', 'fcba8824bf8d'],
    [['fcba8824bf8d'], 'heads', '', 'fcba8824bf8d'],
    [['fcba8824bf8d'], 'b17231ee8220', '', 'fcba8824bf8d'],
    [['fcba8824bf8d'], 'base', '', 'fcba8824bf8d'],
    [['fcba8824bf8d'], 'current', '', 'fcba8824bf8d'],
    [['807ea37dcf0e'], 'current-1', '', '807ea37dcf0e'],
    [[], 'heads', freshmaker.join(' '), 'fcba8824bf8d'],
  ])('from %j to %s', (rows, target, steps, heads) => {
    expect(ran(freshmakerHistory, rows, target)).toEqual([steps, heads]);
  });

  test.each([
    [['fcba8824bf8d'], '+1', 'RELATIVE_OUT_OF_RANGE'],
    [['fcba8824bf8d'], '+999', 'RELATIVE_OUT_OF_RANGE'],
    [['807ea37dcf0e'], '-1', 'RELATIVE_OUT_OF_RANGE'],
    [['807ea37dcf0e'], '+0', 'RELATIVE_OUT_OF_RANGE'],
    [['807ea37dcf0e'], '8', 'REVISION_AMBIGUOUS'],
    [['807ea37dcf0e'], 'deadbeef', 'REVISION_NOT_FOUND'],
    [['807ea37dcf0e'], 'base:head', 'USAGE_INVALID'],
    [['807ea37dcf0e'], '', 'USAGE_INVALID'],
    [['feedfacebeef'], 'head', 'UNKNOWN_DATABASE_REVISION'],
    [['fcba8824bf8d', '6004dadc9ac4'], 'head', 'VERSION_TABLE_INVALID'],
  ])('from %j to %s is %s', (rows, target, code) => {
    expect(thrownBy(() => planUpgrade(freshmakerHistory, rows, target))).toMatchObject({
      code,
      hint: expect.stringMatching(/\S/),
    });
  });

  test('each step moves the one row', () => {
    const plan = planUpgrade(freshmakerHistory, [], '+2');
    expect(plan.steps.map(({ versionChange }) => versionChange)).toEqual([
      { deletes: [], updates: [], inserts: ['8d2e9cd99c54'] },
      { deletes: [], updates: [{ from: '8d2e9cd99c54', to: '43b3c6580af7' }], inserts: [] },
    ]);
    expect(plan.steps.map(describeStep)).toEqual([
      'Running upgrade  -> 8d2e9cd99c54, 8D2E9CD99C54',
      'Running upgrade 8d2e9cd99c54 -> 43b3c6580af7, 43B3C6580AF7',
    ]);
  });

  test('an unknown row is named with what it may have been', () => {
    expect(thrownBy(() => planUpgrade(freshmakerHistory, ['fcba8824bf8e'], 'head'))).toMatchObject({
      revision: 'fcba8824bf8e',
      revisions: ['fcba8824bf8e'],
      didYouMean: ['fcba8824bf8d'],
      hint: expect.stringContaining('db stamp --purge'),
    });
  });

  test('a row beside that of its ancestor is named', () => {
    expect(
      thrownBy(() => planUpgrade(freshmakerHistory, ['fcba8824bf8d', '6004dadc9ac4'], 'head')),
    ).toMatchObject({
      implied: ['6004dadc9ac4'],
      hint: expect.stringContaining('db stamp --purge fcba8824bf8d'),
    });
    expect(
      thrownBy(() => planUpgrade(dependentHistory, ['a2a2a2a2a2a2', 'b1b1b1b1b1b1'], 'head')),
    ).toMatchObject({
      code: 'VERSION_TABLE_INVALID',
      implied: ['a2a2a2a2a2a2'],
    });
  });
});

describe('an upgrade among branches', () => {
  test.each<[string, RevisionMap, string[], string | string[], string, string]>([
    ['one branch', branches, ['b'], 'd1', 'c1 d1', 'd1'],
    ['several targets', branches, ['a'], ['d1', 'd2'], 'b c1 d1 c2 d2', 'd1 d2'],
    ['all heads', branches, [], 'heads', 'a b c1 d1 c2 d2', 'd1 d2'],
    ['a labelled branch', branches, ['b'], 'c2branch@head', 'c2 d2', 'd2'],
    ['below a labelled head', branches, ['b'], 'c2branch@head-1', 'c2', 'c2'],
    ['the other branch, from where they part', branches, ['c1'], 'c2branch@+1', 'c2', 'c1 c2'],
    ['one of two current branches', branches, ['c1', 'c2'], 'c2branch@+1', 'd2', 'c1 d2'],
    ['base+1', branches, [], 'base+1', 'a', 'a'],
    ['across a merge', merged, ['b'], 'f', 'c1 d1 c2 d2 e f', 'f'],
    ['the second side of a merge', merged, ['d1', 'b'].slice(0, 1), 'e', 'c2 d2 e', 'e'],
    ['a merge of which one side goes on', sideways, ['d2', 'b1'], 'd1', 'c1 d1', 'd1 d2'],
    ['a branch out of a merged line', sideways, ['d1'], 'd2', 'd2', 'd1 d2'],
    ['a dependency by label', library, ['a2'], 'c2', 'a1 b1 c1 b2 c2', 'c2'],
    ['beyond an applied dependency', library, ['c2'], 'lib@+1', 'd1', 'c2 d1'],
    ['a dependency on the parent', ownDownRevision, [], 'a2', 'a1 a2', 'a2'],
    ['something that depends on the head', mergeOfDependent, ['a1'], 'b1', 'b1', 'b1'],
    ['a merge of a revision with its dependency', mergeOfDependent, ['b1'], 'm', 'm', 'm'],
    [
      'the recorded branches',
      flaskHistory,
      ['aaaa11110001'],
      'dddd',
      'bbbb22220001 cccc33330001 dddd44440001',
      'dddd44440001',
    ],
    [
      'a second base',
      flaskHistory,
      ['eeee55550001'],
      'other@head',
      'ffff66660001',
      'eeee55550001 ffff66660001',
    ],
    [
      'a base with a dependency',
      dependentHistory,
      [],
      'dep@head',
      'a1a1a1a1a1a1 a2a2a2a2a2a2 b1b1b1b1b1b1',
      'b1b1b1b1b1b1',
    ],
    ['the rest', dependentHistory, ['b1b1b1b1b1b1'], 'heads', 'a3a3a3a3a3a3', 'a3a3a3a3a3a3 b1b1b1b1b1b1'],
  ])('to %s', (_, map, rows, target, steps, heads) => {
    expect(ran(map, rows, target)).toEqual([steps, heads]);
  });

  test.each([
    ['+1', ['b'], 'AMBIGUOUS_WALK'],
    ['+1', ['c1', 'c2'], 'AMBIGUOUS_WALK'],
    ['head', ['b'], 'MULTIPLE_HEADS'],
    ['c1branch@-1', ['d1'], 'RELATIVE_OUT_OF_RANGE'],
  ])('to %s from %j is %s', (target, rows, code) => {
    expect(thrownBy(() => planUpgrade(branches, rows, target))).toMatchObject({ code });
  });

  test('a merge deletes all rows of its parents but one, which becomes its own', () => {
    const [step] = planUpgrade(flaskHistory, ['bbbb22220001', 'cccc33330001'], 'dddd').steps;
    expect(step?.versionChange).toEqual({
      deletes: ['cccc33330001'],
      updates: [{ from: 'bbbb22220001', to: 'dddd44440001' }],
      inserts: [],
    });
    expect(step && describeStep(step)).toBe(
      'Running upgrade cccc33330001, bbbb22220001 -> dddd44440001, DDDD44440001',
    );
  });

  test('the row of a dependency goes away, the line names parents alone', () => {
    const [step] = planUpgrade(dependentHistory, ['a2a2a2a2a2a2'], 'dep@head').steps;
    expect(step?.versionChange).toEqual({
      deletes: [],
      updates: [{ from: 'a2a2a2a2a2a2', to: 'b1b1b1b1b1b1' }],
      inserts: [],
    });
    expect(step && describeStep(step)).toBe('Running upgrade  -> b1b1b1b1b1b1, B1B1B1B1B1B1');
  });

  test('a second child of an applied revision gets a row of its own', () => {
    const [step] = planUpgrade(flaskHistory, ['bbbb22220001'], 'cccc').steps;
    expect(step?.versionChange).toEqual({ deletes: [], updates: [], inserts: ['cccc33330001'] });
  });

  test('two merges of the same parents', () => {
    const map = history(
      'a',
      'b1 < a',
      'b2 < a',
      'b3 < a',
      'c1 < b1, b2, b3',
      'c2 < b1, b2, b3',
      'd1 < c1',
      'd2 < c2',
    );
    expect(ran(map, ['a'], 'heads')).toEqual(['b1 b2 b3 c1 d1 c2 d2', 'd1 d2']);
    expect(planUpgrade(map, ['d1'], 'c2').steps[0]?.versionChange.inserts).toEqual(['c2']);
  });
});
