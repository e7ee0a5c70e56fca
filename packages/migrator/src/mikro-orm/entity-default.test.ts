import { type SqlValue, sql } from '../schema/expression.ts';
import { entityDefault } from './entity-default.ts';

const cases: readonly [string | null, SqlValue | null][] = [
  [null, null],
  ['null', null],
  ['NULL', null],
  ['0', 0],
  ['-12', -12],
  ['1.50', sql('1.50')],
  ['9007199254740993', sql('9007199254740993')],
  ['true', true],
  ['FALSE', false],
  ["'text'", 'text'],
  ["''", ''],
  ["'it''s'", "it's"],
  ["'it's'", "it's"],
  ["'a' || 'b'", sql("'a' || 'b'")],
  ["'{}'::jsonb", sql("'{}'::jsonb")],
  ['now()', sql('now()')],
  ['current_timestamp', sql('CURRENT_TIMESTAMP')],
  ['current_timestamp(3)', sql('CURRENT_TIMESTAMP')],
  ['Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)', '1970-01-01 00:00:00'],
  ['Thu Jan 01 1970 01:00:00 GMT+0100 (CET)', '1970-01-01 00:00:00'],
];

test.each(cases)('%j', (text, expected) => {
  expect(entityDefault(text)).toEqual(expected);
});
