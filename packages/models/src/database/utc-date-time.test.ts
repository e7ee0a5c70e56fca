import fc from 'fast-check';
import { formatUtcDateTime, parseUtcDateTime, UnreadableDate } from './utc-date-time.ts';
import { UtcDateTimeType } from './utc-date-time-type.ts';

const anyDate = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

test('writes and reads back every date to the millisecond', () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      const text = formatUtcDateTime(date);
      expect(text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}000$/);
      expect(parseUtcDateTime(text)).toEqual(date);
    }),
  );
});

test('texts sort as their dates do', () => {
  fc.assert(
    fc.property(anyDate, anyDate, (a, b) => {
      expect(formatUtcDateTime(a) < formatUtcDateTime(b)).toBe(a < b);
    }),
  );
});

test.each([
  ['2017-12-02 10:20:30.123456', '2017-12-02T10:20:30.123Z'],
  ['2017-12-02 10:20:30.999999', '2017-12-02T10:20:30.999Z'],
  ['2017-12-02 10:20:30.5', '2017-12-02T10:20:30.500Z'],
  ['2017-12-02T10:20:30', '2017-12-02T10:20:30.000Z'],
  ['2017-12-02', '2017-12-02T00:00:00.000Z'],
  ['0001-01-01 00:00:00', '0001-01-01T00:00:00.000Z'],
  ['2016-02-29 23:59:59.000001', '2016-02-29T23:59:59.000Z'],
])('reads %s', (stored, expected) => {
  expect(parseUtcDateTime(stored).toISOString()).toBe(expected);
});

test.each([
  '',
  'yesterday',
  '2017-02-30 00:00:00',
  '2017-12-02 24:00:00',
  '2017-12-02 10:60:00',
  'infinity',
  1512208830,
  true,
])('keeps %p, which is no date, as it is', (stored) => {
  const date = parseUtcDateTime(stored);
  expect(date).toBeInstanceOf(UnreadableDate);
  expect(date.getTime()).toBeNaN();
  expect(new UtcDateTimeType().convertToDatabaseValue(date)).toBe(stored);
});

test.each([new Date(Number.NaN), new Date('+010000-01-01T00:00:00Z'), new Date('0000-12-31T00:00:00Z')])(
  'refuses to write %p',
  (date) => {
    expect(() => formatUtcDateTime(date)).toThrow(RangeError);
  },
);

describe('a bound in a query is right for rows with and without a fraction', () => {
  const bound = new Date('2017-12-01T00:00:00Z');
  const spellings = ['2017-12-01 00:00:00', '2017-12-01 00:00:00.000000'];
  const compare: Record<string, (row: string, text: string) => boolean> = {
    $gte: (row, text) => row >= text,
    $gt: (row, text) => row > text,
    $lte: (row, text) => row <= text,
    $lt: (row, text) => row < text,
  };
  test.each([
    ['$gte', true],
    ['$gt', false],
    ['$lte', true],
    ['$lt', false],
  ])('%s', (key, expected) => {
    const text = new UtcDateTimeType().convertToDatabaseValue(bound, undefined, { mode: 'query', key }) ?? '';
    expect(spellings.map((row) => compare[key]?.(row, text))).toEqual([expected, expected]);
  });
});
