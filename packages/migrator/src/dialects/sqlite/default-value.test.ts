import { type SqlValue, sql } from '../../schema/expression.ts';
import { isConstantDefault, normalizeDefault, parseDefault, renderDefault } from './default-value.ts';

const forms: readonly (readonly [string, SqlValue])[] = [
  ["'0'", '0'],
  ['0', 0],
  ['-5', -5],
  ['1.5', 1.5],
  ["'it''s'", "it's"],
  ["''", ''],
  ['1.0', sql('1.0')],
  ['- 1', sql('- 1')],
  ['0x10', sql('0x10')],
  ["x'0A'", sql("x'0A'")],
  ['TRUE', sql('TRUE')],
  ['CURRENT_TIMESTAMP', sql('CURRENT_TIMESTAMP')],
  ["(lower('X') || 'y')", sql("lower('X') || 'y'")],
  ['((1) + (2))', sql('(1) + (2)')],
];

test.each(forms)('DEFAULT %s is read as %j', (text, value) => {
  expect(parseDefault(text)).toEqual(value);
});

test.each(forms.filter(([text]) => text !== '((1) + (2))'))('DEFAULT %s is written again', (text, value) => {
  expect(renderDefault(value)).toBe(text);
});

test.each<[string, SqlValue | null]>([
  ['NULL', null],
  ['null', null],
  ['(NULL)', null],
  ['bare', 'bare'],
  ['"quoted"', 'quoted'],
  ["('x')", 'x'],
  ['((7))', 7],
])('DEFAULT %s means %j', (text, value) => {
  expect(parseDefault(text)).toEqual(value);
});

test.each<[SqlValue, SqlValue | null]>([
  [true, 1],
  [false, 0],
  [sql(' now() '), sql('now()')],
  [sql("'x'"), 'x'],
  [sql('(7)'), 7],
  [sql('NULL'), null],
])('%j will be read back as %j', (value, expected) => {
  expect(normalizeDefault(value)).toEqual(expected);
});

test.each<[SqlValue, boolean]>([
  ['x', true],
  [0, true],
  [sql('TRUE'), true],
  [sql('-1.0'), true],
  [sql('CURRENT_TIMESTAMP'), false],
  [sql('current_date'), false],
  [sql('1 + 1'), false],
])('%j is constant: %p', (value, expected) => {
  expect(isConstantDefault(value)).toBe(expected);
});
