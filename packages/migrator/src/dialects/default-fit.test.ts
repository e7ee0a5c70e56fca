import { type DataType, t } from '../schema/data-type.ts';
import { fitsType, wholeNumber } from './default-fit.ts';

/** Texts of literals that are a value of the type, and others that are none. */
const cases: readonly (readonly [DataType, fit: readonly string[], misfit: readonly string[]])[] = [
  [t.integer(), ['5', ' -007 ', '+2147483647', '3.', '3.00'], ['x', '', '1.5', '2147483648', '1e3', 'true']],
  [t.smallInteger(), ['-32768'], ['32768']],
  [t.bigInteger(), ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808']],
  [t.double(), ['1', '-.5', '1e300', 'NaN', '-infinity'], ['x', '', '0x10', '1e309', '1,5']],
  [t.float(), ['3e38'], ['1e39']],
  [t.numeric(), ['1e400', '0.1', 'nan'], ['x', '']],
  [
    t.numeric(4, 1),
    ['999.9', '-999.90', '0', '0.0', '1e2', '9.99e2', '00123.4', '5e-1'],
    ['1000', '0.05', '1e3', '9.99e0'],
  ],
  [t.numeric(3), ['999'], ['1000', '1.5']],
  [t.numeric(2, 3), ['0.012', '0.099'], ['0.1', '1']],
  [t.boolean(), ['1', '0', 'TRUE', 'f', ' yes ', 'off'], ['2', '1.0', '', 'o', 'maybe']],
  [t.string(3), ['abc', '', 'äöü', '😀😀😀'], ['abcd', 'abc ']],
  [t.string(), ['abcd'], []],
  [t.text(), ['x', ''], []],
  [t.enum('e', ['a', 'B']), ['a', 'B'], ['b', '']],
  [t.uuid(), ['A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc999c0b4ef8bb6d6bb9bd380a11'], ['x', '']],
  [t.json(), ['{}', '5', '"x"', 'null'], ['x', '', "{'a': 1}"]],
  [t.binary(), ['\\x', '\\x0aFF'], ['x', '\\x0']],
  [
    t.dateTime(),
    [
      '2020-01-31',
      '2020-01-31 10:11',
      '2020-01-31T10:11:12.5Z',
      'now',
      'infinity',
      'Jan 8 1999',
      '2020-02-29',
      '2000-02-29 24:00:00',
      '2020-12-31 23:59:60',
    ],
    ['x', '', '5', '1.5', '10:11:12', '2020-13-01', '2021-02-29', '2020-01-01 25:00', '2020-04-31 00:00'],
  ],
  [
    t.date(),
    ['2020-01-31', '2020-01-31 00:00:00', 'today', '1/8/1999'],
    ['2020-01-31 10:00:00', 'x', '7', '2020-00-10', '1900-02-29'],
  ],
  [t.time(), ['10:11', '10:11:12.5', 'allballs'], ['2020-01-31', 'x', '7', '24:01', '10:60', '10:00:61']],
  [t.raw({ sqlite: 'POINT', postgresql: 'point' }), ['x'], []],
];

test.each(
  cases.flatMap(([type, fit, misfit]) => [
    ...fit.map((text) => ({ text, type, answer: true })),
    ...misfit.map((text) => ({ text, type, answer: false })),
  ]),
)('that "$text" is a value of $type: $answer', ({ text, type, answer }) => {
  expect(fitsType({ kind: 'literal', text }, type)).toBe(answer);
});

test.each<[string, DataType, boolean]>([
  ['CURRENT_TIMESTAMP', t.dateTime(), true],
  ['CURRENT_TIMESTAMP', t.date(), true],
  ['CURRENT_TIMESTAMP', t.time(), true],
  ['CURRENT_TIMESTAMP', t.text(), true],
  ['CURRENT_TIMESTAMP', t.integer(), false],
  ['CURRENT_TIMESTAMP', t.enum('e', ['a']), false],
  ['CURRENT_DATE', t.dateTime(), true],
  ['CURRENT_DATE', t.time(), false],
  ['CURRENT_TIME', t.dateTime(), false],
])('that %s is a value of %j: %p', (text, type, answer) => {
  expect(fitsType({ kind: 'moment', text }, type)).toBe(answer);
});

test('a whole number is one with a point, too', () => {
  expect([' +5 ', '-0', '3.00', '1.5', '1e3', ''].map(wholeNumber)).toEqual([5n, 0n, 3n, null, null, null]);
});
