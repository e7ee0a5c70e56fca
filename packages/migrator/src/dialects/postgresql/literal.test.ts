import { MigratorError } from '../../errors.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';

test.each([
  ['plain', '"plain"'],
  ['a "quoted" name', '"a ""quoted"" name"'],
])('the name %s is written as %s', (name, expected) => {
  expect(quoteIdentifier(name)).toBe(expected);
});

test.each<[unknown, string]>([
  ["it's", "'it''s'"],
  ['a\\b', "E'a\\\\b'"],
  [null, 'NULL'],
  [undefined, 'NULL'],
  [1.5, '1.5'],
  [Number.NaN, "'NaN'"],
  [-Infinity, "'-Infinity'"],
  [12345678901234567890n, '12345678901234567890'],
  [false, 'false'],
  [new Date(Date.UTC(2020, 0, 2, 3, 4, 5, 6)), "'2020-01-02 03:04:05.006+00'"],
  [Buffer.from('\0ÿ', 'latin1'), "decode('00ff', 'hex')"],
  [{ a: ["it's"] }, `'{"a":["it''s"]}'`],
  [[1, null], "'[1,null]'"],
])('%p is written as %s', (value, expected) => {
  expect(quoteLiteral(value)).toBe(expected);
});

test.each<[unknown, RegExp]>([
  ['a\0b', /NUL/],
  [() => 1, /no value/],
])('%p is refused', (value, message) => {
  expect(() => quoteLiteral(value)).toThrow(MigratorError);
  expect(() => quoteLiteral(value)).toThrow(message);
});
