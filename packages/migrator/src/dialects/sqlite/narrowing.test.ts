import Database from 'better-sqlite3';
import fc from 'fast-check';
import { t } from '../../schema/data-type.ts';
import { narrowed } from './narrowing.ts';

const database = new Database(':memory:');
afterAll(() => database.close());

const asked = (sql: string) => database.prepare(`SELECT ${sql}`).pluck().get();

/** A whole number of the last digits kept, by the rule of decimal numbers: a half goes away from zero. */
function rounded(digits: bigint, dropped: number): bigint {
  const unit = 10n ** BigInt(dropped);
  const size = digits < 0n ? -digits : digits;
  const up = (size % unit) * 2n >= unit ? 1n : 0n;
  return (digits < 0n ? -1n : 1n) * (size / unit + up);
}

test('numbers of up to 12 digits are rounded as they are written', () => {
  const number = fc.tuple(
    fc.bigInt(-(10n ** 12n), 10n ** 12n),
    fc.integer({ min: 1, max: 6 }),
    fc.nat({ max: 5 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(number, ([any, places, kept, isTie]) => {
      const scale = Math.min(kept, places - 1);
      const unit = 10n ** BigInt(places - scale);
      const digits = isTie ? (any / unit) * unit + unit / 2n : any;
      const value = Number(digits) / 10 ** places;
      const sql = narrowed(`CAST(${value} AS REAL)`, t.numeric(20, places), t.numeric(20, scale));
      const expected = Number(rounded(digits, places - scale)) / 10 ** scale;
      expect([value, scale, asked(`${sql} = ${expected}`)]).toEqual([value, scale, 1]);
    }),
    { numRuns: 2000 },
  );
});

test('floating-point numbers become the nearest whole number, of two the even one', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ min: -1e15, max: 1e15, noNaN: true }),
        fc.integer().map((n) => n / 2),
      ),
      (value) => {
        const down = Math.floor(value);
        const rest = value - down;
        const nearest = rest < 0.5 || (rest === 0.5 && down % 2 === 0) ? down : down + 1;
        const sql = narrowed(`CAST(${value} AS REAL)`, t.double(), t.bigInteger());
        expect([value, asked(sql ?? '')]).toEqual([value, nearest + 0]);
        expect(asked(`typeof(${sql})`)).toBe('integer');
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ["'abc'", t.numeric(10, 4), t.numeric(10, 2)],
  ["x'01'", t.double(), t.integer()],
  ['1e300', t.double(), t.bigInteger()],
  ['7', t.numeric(10, 4), t.integer()],
  ['99999999999999.98', t.numeric(20, 4), t.numeric(18, 2)],
  ['-0.07', t.numeric(10, 4), t.numeric(10, 2)],
  ['NULL', t.dateTime(), t.date()],
  ['1580000000', t.dateTime(), t.date()],
  ["'yesterday'", t.dateTime(), t.time()],
  ["'abcd'", t.text(), t.string(3)],
])('%s from %j to %j stays as it is', (value, from, to) => {
  expect(asked(`quote(${narrowed(value, from, to)}) = quote(${value})`)).toBe(1);
});

test.each([
  ['2020-01-31 22:59:59.123456', '2020-01-31', '22:59:59.123456'],
  ['2020-01-31T22:59', '2020-01-31', '22:59'],
  ['2020-01-31', '2020-01-31', '00:00:00.000'],
  ['2020-01-31 23:30:00-02:00', '2020-02-01', '01:30:00.000'],
])('%s is a day and a time, by UTC', (value, date, time) => {
  expect(asked(narrowed(`'${value}'`, t.dateTime(), t.date()) ?? '')).toBe(date);
  expect(asked(narrowed(`'${value}'`, t.dateTime(), t.time()) ?? '')).toBe(time);
});

test.each([
  [t.integer(), t.bigInteger()],
  [t.numeric(5, 2), t.numeric()],
  [t.text(), t.integer()],
  [t.json(), t.text()],
])('what %j holds, %j holds or has nothing to do with', (from, to) => {
  expect(narrowed('x', from, to)).toBeNull();
});
