import { quoteIdentifier, quoteLiteral } from './literal.ts';

test.each([
  ['plain', '"plain"'],
  ['say "hi"', '"say ""hi"""'],
  ['größe', '"größe"'],
])('the name %s is written %s', (name, expected) => {
  expect(quoteIdentifier(name)).toBe(expected);
});

test.each([
  [null, 'NULL'],
  [undefined, 'NULL'],
  ["it's", "'it''s'"],
  ['a\0b', "CAST(X'610062' AS TEXT)"],
  [1.5, '1.5'],
  [Number.POSITIVE_INFINITY, '9e999'],
  [Number.NaN, 'NULL'],
  [9007199254740993n, '9007199254740993'],
  [true, '1'],
  [false, '0'],
  [new Date('2020-01-02T03:04:05.678Z'), "'2020-01-02 03:04:05.678000'"],
  [Buffer.from([0, 255]), "X'00FF'"],
  [{ a: "it's" }, `'{"a":"it''s"}'`],
  [[1, 2], "'[1,2]'"],
])('the value %p is written %s', (value, expected) => {
  expect(quoteLiteral(value)).toBe(expected);
});

test('what no database can hold is refused', () => {
  expect(() => quoteLiteral(() => 1)).toThrow(/function is no value/);
});
