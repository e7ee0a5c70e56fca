import { Operations } from '../operations/operations.ts';
import { describeChanges } from './describe-changes.ts';

const cases: readonly [string, (op: Operations) => void][] = [
  ['', () => undefined],
  ['Add events.time_done', (op) => op.addColumn('events', op.column('time_done', op.t.dateTime()))],
  [
    'Add notes',
    (op) => {
      op.createTable('notes', [op.column('id', op.t.integer())]);
      op.createIndex('notes_id', 'notes', ['id']);
    },
  ],
  [
    'Drop users.email, drop index ix',
    (op) => {
      op.dropColumn('users', 'email');
      op.dropIndex('ix', 'users');
    },
  ],
  [
    'Rename users to accounts, rename accounts.a to b and 2 more',
    (op) => {
      op.renameTable('users', 'accounts');
      op.renameColumn('accounts', 'a', 'b');
      op.alterColumn('accounts', 'c', { nullable: true });
      op.createUniqueConstraint(null, 'accounts', ['c']);
    },
  ],
  [
    'Comment on users, drop comment on events',
    (op) => {
      op.createTableComment('users', 'who');
      op.dropTableComment('events');
    },
  ],
];

test.each(cases)('%j', (message, script) => {
  const op = new Operations();
  script(op);
  expect(describeChanges(op.recorded)).toBe(message);
});
