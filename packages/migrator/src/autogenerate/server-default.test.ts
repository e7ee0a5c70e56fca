import { type DataType, t } from '../schema/data-type.ts';
import { type SqlValue, sql } from '../schema/expression.ts';
import { sameDefault } from './server-default.ts';

const cases: readonly [string, DataType, SqlValue | null, SqlValue | null, boolean][] = [
  ['a number and its text', t.integer(), 0, '0', true],
  ['a number and its expression', t.integer(), 0, sql("('0')"), true],
  ['two numbers', t.integer(), 0, 1, false],
  ['a text and a number', t.string(), '0', 0, true],
  ['texts that look like one number', t.string(), '0', '00', false],
  ['a number with other zeros', t.numeric(10, 2), '1.50', 1.5, true],
  ['truth and its number', t.boolean(), true, 1, true],
  ['truth and its word', t.boolean(), sql('TRUE'), sql("'t'"), true],
  ['truth and lie', t.boolean(), true, false, false],
  ['none and NULL', t.text(), null, sql('NULL'), true],
  ['none and the empty text', t.text(), null, '', false],
  ['the moment', t.dateTime(), sql('now()'), sql('CURRENT_TIMESTAMP'), true],
  ['the moment on SQLite', t.dateTime(), sql("(datetime('now'))"), sql('current_timestamp'), true],
  ['the moment and the day', t.dateTime(), sql('now()'), sql('CURRENT_DATE'), false],
  ['a moment in UTC', t.dateTime({ timezone: true }), '2020-01-01 00:00:00+00', '2020-01-01', true],
  ['JSON in another order', t.json(), '{"a":1,"b":2}', '{ "b": 2, "a": 1 }', true],
  ['calls', t.text(), sql("lower('A')"), sql("LOWER( 'A'::text )"), true],
  ['other calls', t.text(), sql("lower('A')"), sql("upper('A')"), false],
  ['a text and the call it looks like', t.text(), 'now()', sql('now()'), false],
];

test.each(cases)('%s', (_, type, left, right, same) => {
  expect(sameDefault(left, right, type)).toBe(same);
  expect(sameDefault(right, left, type)).toBe(same);
});
