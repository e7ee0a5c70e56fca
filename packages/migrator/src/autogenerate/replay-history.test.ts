import { dialectOf } from '../dialects/dialect-of.ts';
import { Operations } from '../operations/operations.ts';
import { column } from '../schema/builders.ts';
import { t } from '../schema/data-type.ts';
import { replayHistory } from './replay-history.ts';

const op = new Operations();
op.createTable('t', [column('id', t.integer(), { primaryKey: true })]);
const history = op.recorded;

test('a history is replayed once for each database, however many comparisons ask', () => {
  const first = replayHistory(history, dialectOf('sqlite'));
  expect(first.neutral.tables.map(({ name }) => name)).toEqual(['t']);
  expect(replayHistory(history, dialectOf('sqlite'))).toBe(first);
  expect(replayHistory(history, dialectOf('postgresql'))).not.toBe(first);
});

test('behind a step of the author, what only that step can have made is passed over', () => {
  op.execute('CREATE TABLE made (id INTEGER)');
  op.addColumn('made', column('a', t.text()));
  expect(replayHistory([...op.recorded], dialectOf('sqlite')).localized.tables).toHaveLength(1);
  const wrong = new Operations();
  wrong.addColumn('made', column('a', t.text()));
  expect(() => replayHistory(wrong.recorded, dialectOf('sqlite'))).toThrow('no table "made"');
});
