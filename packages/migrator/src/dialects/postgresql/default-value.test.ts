import { type DataType, t } from '../../schema/data-type.ts';
import { type SqlValue, sql } from '../../schema/expression.ts';
import { normalizeDefault, parseDefault, renderDefault } from './default-value.ts';

const interval = t.raw({ sqlite: 'TEXT', postgresql: 'interval' });

describe("an author's default and the database's report of it are one", () => {
  test.each<[SqlValue | null, DataType, string, SqlValue | null]>([
    ['0', t.integer(), '0', '0'],
    [0, t.integer(), '0', '0'],
    [sql('0'), t.integer(), '0', '0'],
    [' +007 ', t.integer(), '7', '7'],
    [-1, t.integer(), "'-1'::integer", '-1'],
    [sql('-1'), t.bigInteger(), "'-1'::integer", '-1'],
    ['9223372036854775807', t.bigInteger(), "'9223372036854775807'::bigint", '9223372036854775807'],
    [1.5, t.float(), '1.5', '1.5'],
    ['1.50', t.double(), '1.5', '1.5'],
    ['1.50', t.numeric(10, 2), '1.50', '1.50'],
    [-1.5, t.numeric(), "'-1.5'::numeric", '-1.5'],
    ['x', t.string(), "'x'::character varying", 'x'],
    ["it's", t.text(), "'it''s'::text", "it's"],
    ['a \\ b', t.text(), "'a \\ b'::text", 'a \\ b'],
    ['a::b', t.text(), "'a::b'::text", 'a::b'],
    ['', t.string(5), "''::character varying", ''],
    [true, t.boolean(), 'true', true],
    ['f', t.boolean(), 'false', false],
    [true, t.smallInteger(), "'1'::smallint", '1'],
    [false, t.numeric(4, 1), '0', '0'],
    [0, t.boolean(), 'false', false],
    ['{"b":1, "a":[1, null]}', t.json(), `'{"a": [1, null], "b": 1}'::jsonb`, '{"a":[1,null],"b":1}'],
    [
      'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
      t.uuid(),
      "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    ],
    ['2020-01-02', t.dateTime(), "'2020-01-02 00:00:00'::timestamp without time zone", '2020-01-02 00:00:00'],
    [
      '2020-01-02T03:04:05.600Z',
      t.dateTime({ timezone: true }),
      "'2020-01-02 05:04:05.6+02'::timestamp with time zone",
      '2020-01-02 03:04:05.6+00',
    ],
    [
      '2020-01-02',
      t.dateTime({ timezone: true }),
      "'2020-01-01 19:00:00-05'::timestamp with time zone",
      '2020-01-02 00:00:00+00',
    ],
    [
      '2020-01-02 03:04+02',
      t.dateTime(),
      "'2020-01-02 03:04:00'::timestamp without time zone",
      '2020-01-02 03:04:00',
    ],
    ['2020-01-02', t.date(), "'2020-01-02'::date", '2020-01-02'],
    ['10:30', t.time(), "'10:30:00'::time without time zone", '10:30:00'],
    ['happy', t.enum('mood', ['happy']), "'happy'::mood", 'happy'],
    ['happy', t.enum('Mo od', ['happy']), `'happy'::"Mo od"`, 'happy'],
    ['1 day', interval, "'1 day'::interval", '1 day'],
    ['{}', t.raw({ sqlite: '', postgresql: 'text[]' }), "'{}'::text[]", '{}'],
    [sql('NULL'), t.string(), 'NULL::character varying', null],
    [sql('now()'), t.dateTime(), 'now()', sql('now()')],
    [sql('CURRENT_TIMESTAMP'), t.dateTime(), 'CURRENT_TIMESTAMP', sql('CURRENT_TIMESTAMP')],
    [sql("('now'::text)::date"), t.date(), "('now'::text)::date", sql("('now'::text)::date")],
    [sql('(1 + 1)'), t.integer(), '(1 + 1)', sql('(1 + 1)')],
    [sql("lower('A')"), t.text(), "lower('A')", sql("lower('A')")],
  ])('%j on %j is %s', (given, type, reported, expected) => {
    expect(normalizeDefault(given, type)).toEqual(expected);
    expect(parseDefault(reported, type)).toEqual(expected);
  });
});

test.each<[SqlValue, DataType]>([
  ['not a number', t.integer()],
  ['perhaps', t.boolean()],
  ['{broken', t.json()],
  ['tomorrow', t.date()],
  ['{"big":12345678901234567890}', t.json()],
])('what %j means on %j is left to the database', (given, type) => {
  expect(normalizeDefault(given, type)).toBe(given);
});

test.each<[SqlValue, string]>([
  ['0', "'0'"],
  [true, 'true'],
  ["it's", "'it''s'"],
  ['a\\b', "E'a\\\\b'"],
  [sql('now()'), 'now()'],
  [sql('1 + 1'), '(1 + 1)'],
  [sql('(now() at time zone $$x$$)'), '((now() at time zone $$x$$))'],
])('%j is written as %s', (value, expected) => {
  expect(renderDefault(value)).toBe(expected);
});
