import { nearMisses } from './near-misses.ts';

const names = ['head', 'heads', 'base', 'feature', 'fcba8824bf8d', '2358b6f55f24', '8d2e9cd99c54'];

test.each([
  ['feture', ['feature']],
  ['FEATURE', ['feature']],
  ['fcba8824bf8', ['fcba8824bf8d']],
  ['fcba8842bf8d', ['fcba8824bf8d']],
  ['2385b6', ['2358b6f55f24']],
  ['basse', ['base']],
  ['ead', ['head']],
  ['deadbeef', []],
  ['8', []],
  ['', []],
])("'%s' may be %j", (typed, expected) => {
  expect(nearMisses(typed, names)).toEqual(expected);
});

test('at most three names, the nearest first', () => {
  expect(nearMisses('abcdef', ['abcxyz', 'abcdez', 'abcdeg', 'abcdee', 'abcdef'])).toEqual([
    'abcdef',
    'abcdee',
    'abcdeg',
  ]);
});
