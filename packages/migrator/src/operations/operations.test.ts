import { type BatchOperations, Operations } from './operations.ts';

const { t, column } = new Operations();

/** What is done to a table in a batch, and by a call of its own. */
const calls: readonly (readonly [
  keyof BatchOperations,
  (batch: BatchOperations) => void,
  (op: Operations) => void,
])[] = [
  [
    'addColumn',
    (batch) => batch.addColumn(column('a', t.text())),
    (op) => op.addColumn('t', column('a', t.text())),
  ],
  [
    'dropColumn',
    (batch) => batch.dropColumn('a', { allowDataLoss: true }),
    (op) => op.dropColumn('t', 'a', { allowDataLoss: true }),
  ],
  ['renameColumn', (batch) => batch.renameColumn('a', 'b'), (op) => op.renameColumn('t', 'a', 'b')],
  [
    'alterColumn',
    (batch) => batch.alterColumn('a', { nullable: false }),
    (op) => op.alterColumn('t', 'a', { nullable: false }),
  ],
  [
    'createIndex',
    (batch) => batch.createIndex('i', ['a'], { unique: true }),
    (op) => op.createIndex('i', 't', ['a'], { unique: true }),
  ],
  [
    'dropIndex',
    (batch) => batch.dropIndex('i', { concurrently: true }),
    (op) => op.dropIndex('i', 't', { concurrently: true }),
  ],
  [
    'createForeignKey',
    (batch) => batch.createForeignKey('f', 'u', ['a'], ['id'], { notValid: true }),
    (op) => op.createForeignKey('f', 't', 'u', ['a'], ['id'], { notValid: true }),
  ],
  [
    'createUniqueConstraint',
    (batch) => batch.createUniqueConstraint('u', ['a'], { deferrable: 'initially deferred' }),
    (op) => op.createUniqueConstraint('u', 't', ['a'], { deferrable: 'initially deferred' }),
  ],
  [
    'createCheckConstraint',
    (batch) => batch.createCheckConstraint('c', 'a > 0', { notValid: true }),
    (op) => op.createCheckConstraint('c', 't', 'a > 0', { notValid: true }),
  ],
  [
    'createPrimaryKey',
    (batch) => batch.createPrimaryKey('p', ['a']),
    (op) => op.createPrimaryKey('p', 't', ['a']),
  ],
  ['validateConstraint', (batch) => batch.validateConstraint('c'), (op) => op.validateConstraint('c', 't')],
  [
    'dropConstraint',
    (batch) => batch.dropConstraint(null, { type: 'unique', columns: ['a'] }),
    (op) => op.dropConstraint(null, 't', { type: 'unique', columns: ['a'] }),
  ],
  ['createTableComment', (batch) => batch.createTableComment('c'), (op) => op.createTableComment('t', 'c')],
  ['dropTableComment', (batch) => batch.dropTableComment(), (op) => op.dropTableComment('t')],
];

const recorded = (script: (op: Operations) => void) => {
  const op = new Operations();
  script(op);
  return op.recorded;
};

test.each(calls)('%s in a batch is what it is by itself', (_, inBatch, alone) => {
  expect(recorded((op) => op.batchAlterTable('t', inBatch))).toEqual(recorded(alone));
});

test('a batch has all that there is for one table', () => {
  const names: string[] = [];
  new Operations().batchAlterTable('t', (batch) => names.push(...Object.keys(batch)));
  expect(calls.map(([name]) => name).toSorted()).toEqual(names.toSorted());
});
