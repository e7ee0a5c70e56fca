import { dialectOf } from '../dialects/dialect-of.ts';
import type { Operation } from '../operations/operation.ts';
import { Operations } from '../operations/operations.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';
import { emptyTable } from '../schema/table.ts';
import { unknownTables } from './unknown-tables.ts';

const live = (...names: string[]): Schema => ({
  ...emptySchema,
  tables: names.map((name) => ({ ...emptyTable, name, columns: [] })),
});

const op = new Operations();
op.createTable('made', [op.column('id', op.t.integer())]);
op.renameTable('made', 'renamed');
op.createTable('dropped', [op.column('id', op.t.integer())]);
op.dropTable('dropped');
op.execute('CREATE TABLE "own words" (id INTEGER)');
const history: readonly Operation[] = op.recorded;

test.each([
  ['sqlite', 'made', []],
  ['sqlite', 'renamed', []],
  ['sqlite', 'dropped', []],
  ['sqlite', 'own words', []],
  ['sqlite', 'Renamed', []],
  ['sqlite', 'other', ['other']],
  ['postgresql', 'renamed', []],
  ['postgresql', 'Renamed', ['Renamed']],
] as const)('on %s, the table %s', (dialect, table, expected) => {
  expect([...unknownTables(live(table), history, dialectOf(dialect))]).toEqual(expected);
});
