import { Operations } from '../operations/operations.ts';
import type { RevisionStep } from '../revision/plan.ts';
import { column } from '../schema/builders.ts';
import { t } from '../schema/data-type.ts';
import { refuseLongNames } from './long-names.ts';

const long = 'ä'.repeat(32);
const step = { revision: { revision: 'a1', path: '/versions/a1.ts' } } as RevisionStep;

function recorded(record: (op: Operations) => void) {
  const op = new Operations();
  record(op);
  return [{ step, operations: op.recorded }];
}

test.each<[string, (op: Operations) => void]>([
  ['a table', (op) => op.createTable(long, [column('id', t.integer())])],
  ['a column of a new table', (op) => op.createTable('x', [column(long, t.integer())])],
  [
    'a constraint',
    (op) => op.createTable('x', [column('id', t.integer()), op.unique(['id'], { name: long })]),
  ],
  ['an added column', (op) => op.addColumn('x', column(long, t.text()))],
  ['an enumeration', (op) => op.addColumn('x', column('a', t.enum(long, ['b'])))],
  ['a new name of a table', (op) => op.renameTable('x', long)],
  ['a new name of a column', (op) => op.renameColumn('x', 'a', long)],
  ['an index', (op) => op.createIndex(long, 'x', ['a'])],
  ['a check', (op) => op.createCheckConstraint(long, 'x', 'a > 0')],
])('%s with a name over 63 bytes is refused on PostgreSQL', (_, record) => {
  expect(() => refuseLongNames(recorded(record), 'postgresql')).toThrow(/64 bytes/);
  expect(() => refuseLongNames(recorded(record), 'sqlite')).not.toThrow();
});

test('63 bytes fit, and names that are only found are left to the database', () => {
  const fits = recorded((op) => {
    op.createTable('x'.repeat(63), [column('id', t.integer())]);
    op.dropTable(long);
  });
  expect(() => refuseLongNames(fits, 'postgresql')).not.toThrow();
});
