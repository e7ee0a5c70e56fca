import Database from 'better-sqlite3';
import { column } from '../../schema/builders.ts';
import { type DataType, t } from '../../schema/data-type.ts';
import { quoteLiteral } from './literal.ts';
import { columnSql } from './table-definition.ts';
import { fitCondition } from './value-fit.ts';

const raw = (text: string): DataType => ({ kind: 'raw', sqlite: text, postgresql: text });

/** Whether a value fits after SQLite itself has stored it in a column of the new type. */
function fits(from: DataType, to: DataType, value: unknown): boolean {
  const condition = fitCondition(column('c', from), column('c', to));
  using database = disposable(new Database(':memory:'));
  database.raw.exec(`CREATE TABLE t (${columnSql(column('c', to))})`);
  database.raw.exec(`INSERT INTO t VALUES (${quoteLiteral(value)})`);
  return (
    database.raw
      // As the rebuild counts them: a condition that is neither true nor false finds nothing.
      .prepare(`SELECT count(*) = 0 FROM t WHERE NOT (${condition ?? 'TRUE'})`)
      .pluck()
      .get() === 1
  );
}

function disposable(database: Database.Database): { raw: Database.Database } & Disposable {
  return { raw: database, [Symbol.dispose]: () => database.close() };
}

test.each<[DataType, DataType, unknown, boolean]>([
  [t.text(), t.integer(), '12', true],
  [t.text(), t.integer(), 'abc', false],
  [t.text(), t.integer(), '1.5', false],
  [t.text(), t.integer(), '', false],
  [t.text(), t.integer(), null, true],
  [t.bigInteger(), t.integer(), 2147483647, true],
  [t.bigInteger(), t.integer(), 2147483648, false],
  [t.integer(), t.smallInteger(), 32768, false],
  [t.text(), t.bigInteger(), '9223372036854775807', true],
  [t.text(), t.bigInteger(), '9223372036854775808', false],
  [t.integer(), t.boolean(), 1, true],
  [t.integer(), t.boolean(), 2, false],
  [t.text(), t.boolean(), 'true', false],
  [t.text(), t.float(), '1e3', true],
  [t.text(), t.double(), 'many', false],
  [t.text(), t.numeric(5, 2), '999.99', true],
  [t.text(), t.numeric(5, 2), '1000', false],
  [t.numeric(10, 4), t.numeric(10, 2), 0.07, true],
  [t.numeric(10, 4), t.numeric(10, 2), -1234.56, true],
  [t.numeric(10, 4), t.numeric(10, 2), 1.2345, false],
  [t.double(), t.numeric(5), 12, true],
  [t.double(), t.numeric(5), 12.5, false],
  [t.double(), t.numeric(), 12.5, true],
  [t.integer(), t.text(), 5, true],
  [t.binary(), t.text(), Buffer.from('x'), false],
  [t.string(20), t.string(5), '12345', true],
  [t.string(20), t.string(5), '123456', false],
  [t.text(), t.string(5), '🎈🎈🎈🎈🎈', true],
  [t.integer(), t.string(3), 1234, false],
  [t.text(), t.uuid(), 'x'.repeat(37), false],
  [t.text(), t.dateTime(), '2020-01-01 10:11:12.123456', true],
  [t.text(), t.dateTime(), 'tomorrow', false],
  [t.text(), t.dateTime(), 'now', false],
  [t.text(), t.dateTime(), '12:30', false],
  [t.text(), t.dateTime(), '2020-02-30 10:11:12', false],
  [t.text(), t.dateTime(), '2020-02-29T10:11:12+02:00', true],
  [t.integer(), t.dateTime(), 1577836800, true],
  [t.dateTime(), t.date(), '2020-01-01 00:00:00.000000', true],
  [t.dateTime(), t.date(), '2020-01-01 10:11:12.123456', false],
  [t.text(), t.date(), '2020-01-01', true],
  [t.text(), t.date(), 'tomorrow', false],
  [t.text(), t.date(), '2020-02-31', false],
  [t.dateTime(), t.time(), '2020-01-01 10:11:12', false],
  [t.text(), t.time(), '10:11', true],
  [t.text(), t.time(), '10:11:12.123456', true],
  [t.text(), t.time(), '10:11:12', true],
  [t.text(), t.time(), 'noon', false],
  [t.text(), t.json(), '{"a": [1]}', true],
  [t.text(), t.json(), '{a', false],
  [t.text(), t.binary(), 'x', false],
  [t.text(), raw('MEDIUMINT'), 'x', false],
  [t.text(), raw('ANYTHING'), 'x', true],
])('from %j to %j: %p fits: %p', (from, to, value, expected) => {
  expect(fits(from, to, value)).toBe(expected);
});

test.each<[DataType, DataType]>([
  [t.integer(), t.bigInteger()],
  [t.smallInteger(), t.integer()],
  [t.string(5), t.string(20)],
  [t.string(5), t.text()],
  [t.integer(), t.integer()],
])('from %j to %j nothing is put to the test', (from, to) => {
  expect(fitCondition(column('c', from), column('c', to))).toBeNull();
});
