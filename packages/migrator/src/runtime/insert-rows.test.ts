import { postgresqlDialect } from '../dialects/postgresql/dialect.ts';
import { sqliteDialect } from '../dialects/sqlite/dialect.ts';
import { bindable } from './insert-rows.ts';

test.each([
  ['SQLite', sqliteDialect, '2020-01-01 02:30:00.123000'],
  ['PostgreSQL', postgresqlDialect, '2020-01-01T02:30:00.123Z'],
])('a date is bound in UTC, in no time zone of the machine: %s', (_, dialect, text) => {
  expect(bindable(new Date('2020-01-01T02:30:00.123Z'), dialect)).toBe(text);
});

test.each([
  [5, 5n],
  [-9007199254740991, -9007199254740991n],
  [true, 1n],
  [1.5, 1.5],
  [-0, -0],
  [1e300, 1e300],
])('SQLite takes %s as %s, so that a text column holds what it holds on PostgreSQL', (value, bound) => {
  expect(bindable(value, sqliteDialect)).toBe(bound);
});
