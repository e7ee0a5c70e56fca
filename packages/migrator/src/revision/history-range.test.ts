import {
  dependentHistory,
  flaskHistory,
  freshmaker,
  freshmakerHistory,
  history,
  thrownBy,
} from '../../test/revision/histories.ts';
import { historyRange, rangeAsksForDatabase } from './history-range.ts';
import type { RevisionMap } from './revision-map.ts';

const down = (from: string, to: string) =>
  freshmaker.slice(freshmaker.indexOf(to), freshmaker.indexOf(from) + 1).toReversed();

describe('a range of one line', () => {
  test.each<[string | null, string | null, string[]]>([
    [null, null, freshmaker.toReversed()],
    ['b17231ee8220:807ea37dcf0e', null, down('807ea37dcf0e', 'b17231ee8220')],
    [':300b86758bb1', null, down('300b86758bb1', '8d2e9cd99c54')],
    ['base:300b', null, down('300b86758bb1', '8d2e9cd99c54')],
    ['base:head', null, freshmaker.toReversed()],
    [':', null, freshmaker.toReversed()],
    ['8eed:', null, down('fcba8824bf8d', '8eeddff9a4f3')],
    ['-3:', null, down('fcba8824bf8d', '5bdd5566615a')],
    ['-3:b172', null, down('b17231ee8220', '2f5a2f4385a0')],
    ['b172:+2', null, down('f3223db11e48', 'b17231ee8220')],
    [':+2', null, down('43b3c6580af7', '8d2e9cd99c54')],
    ['b172-2:b172+1', null, down('e06434b3ef5e', '90f8444d5ab7')],
    ['-999:b172', null, down('b17231ee8220', '8d2e9cd99c54')],
    ['b172:b172', null, ['b17231ee8220']],
    ['base:base', null, []],
    ['current:', '2358b6f55f24', down('fcba8824bf8d', '2358b6f55f24')],
    ['-3:current', '2358b6f55f24', down('2358b6f55f24', '5a555923da42')],
    ['current-1:current+1', '2358b6f55f24', down('fcba8824bf8d', 'fbc2eac9bfa5')],
    ['current-999:current', '43b3c6580af7', down('43b3c6580af7', '8d2e9cd99c54')],
    [':current', '43b3c6580af7', down('43b3c6580af7', '8d2e9cd99c54')],
  ])('%s at %s', (range, current, expected) => {
    const heads = current === null ? null : [current];
    expect(historyRange(freshmakerHistory, range, heads)).toEqual(expected);
  });

  test('counts from current at the base, where nothing is below', () => {
    expect(historyRange(freshmakerHistory, '-3:current', [])).toEqual([]);
    expect(historyRange(freshmakerHistory, 'current:', [])).toEqual(freshmaker.toReversed());
  });

  test.each([
    ['head:base', 'INVALID_RANGE'],
    ['300b:43b3', 'INVALID_RANGE'],
    ['b17231ee8220', 'INVALID_RANGE'],
    ['a:b:c', 'INVALID_RANGE'],
    ['-2:+2', 'INVALID_RANGE'],
    ['+2:head', 'INVALID_RANGE'],
    ['base:-2', 'INVALID_RANGE'],
    ['deadbeef:head', 'REVISION_NOT_FOUND'],
    ['8:head', 'REVISION_AMBIGUOUS'],
    ['current:head', 'USAGE_INVALID'],
  ])('%s is %s', (range, code) => {
    expect(thrownBy(() => historyRange(freshmakerHistory, range, null))).toMatchObject({
      code,
      hint: expect.stringMatching(/\S/),
    });
  });
});

describe('a range among branches', () => {
  const labelled = history('a # lib', 'b < a', 'x # other', 'y < x ~ b');
  test.each<[RevisionMap, string, string[]]>([
    [flaskHistory, 'aaaa:dddd', ['dddd44440001', 'cccc33330001', 'bbbb22220001', 'aaaa11110001']],
    [flaskHistory, 'bbbb:dddd', ['dddd44440001', 'bbbb22220001']],
    [flaskHistory, 'feat@-1:', ['eeee55550002', 'eeee55550001']],
    [flaskHistory, 'other@base:', ['ffff66660001']],
    [dependentHistory, 'a1:a2', ['a2a2a2a2a2a2', 'a1a1a1a1a1a1']],
    [dependentHistory, ':dep@head', ['b1b1b1b1b1b1', 'a2a2a2a2a2a2', 'a1a1a1a1a1a1']],
    [dependentHistory, 'a1a1:', ['a2a2a2a2a2a2', 'a3a3a3a3a3a3', 'a1a1a1a1a1a1']],
    [labelled, 'other@base:', ['y', 'x', 'b', 'a']],
    [labelled, 'lib@base:lib@head', ['b', 'a']],
  ])('%#: %s', (map, range, expected) => {
    expect(historyRange(map, range, null)).toEqual(expected);
  });

  test('of two branches is none', () => {
    expect(thrownBy(() => historyRange(flaskHistory, 'bbbb:cccc', null))).toMatchObject({
      code: 'INVALID_RANGE',
      range: 'bbbb:cccc',
      lower: ['bbbb22220001'],
      upper: ['cccc33330001'],
    });
  });

  test('from several current heads holds what is above any of them', () => {
    const map = history('a', 'b < a', 'c < a', 'd < b', 'e < c');
    expect(historyRange(map, 'current:', ['b', 'c'])).toEqual(['e', 'c', 'd', 'b']);
    expect(historyRange(map, '-1:current', ['d', 'c'])).toEqual(['c', 'd', 'b', 'a']);
  });
});

test.each([
  ['current:', true],
  ['-3:current', true],
  ['-3:', false],
  ['b172:+2', false],
  ['base:head', false],
])('%s asks for a database: %s', (range, expected) => {
  expect(rangeAsksForDatabase(freshmakerHistory, range)).toBe(expected);
});
