import { postgresqlDialect } from '../dialects/postgresql/dialect.ts';
import { sqliteDialect } from '../dialects/sqlite/dialect.ts';
import { bindable } from './insert-rows.ts';

test.each([
  ['SQLite', sqliteDialect, '2020-01-01 02:30:00.123000'],
  ['PostgreSQL', postgresqlDialect, '2020-01-01T02:30:00.123Z'],
])('a date is bound in UTC, in no time zone of the machine: %s', (_, dialect, text) => {
  expect(bindable(new Date('2020-01-01T02:30:00.123Z'), dialect)).toBe(text);
});
