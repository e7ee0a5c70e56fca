import type { Mutation } from './mutation.ts';

export const indexesAndUniques: readonly Mutation[] = [
  {
    name: 'an index is gone',
    change: (op) => op.dropIndex('things_seen'),
    found: ['createIndex things_seen'],
  },
  {
    name: 'an index is too many',
    change: (op) => op.createIndex('extra', 'things', ['note']),
    found: ['dropIndex extra'],
  },
  {
    name: 'an index is called otherwise',
    change: (op) => {
      op.dropIndex('things_seen');
      op.createIndex('things_seen_at', 'things', ['seen']);
    },
    found: ['dropIndex things_seen_at', 'createIndex things_seen'],
  },
  ...(
    [
      ['is not unique', ['count', 'price'], {}],
      ['has other columns', ['price'], { unique: true }],
      ['has its columns in another order', ['price', 'count'], { unique: true }],
      ['goes down', ['count', { column: 'price', order: 'desc' }], { unique: true }],
      ['has a condition', ['count', 'price'], { unique: true, where: 'count > 1' }],
    ] as const
  ).map(
    ([what, columns, options]): Mutation => ({
      name: `an index ${what}`,
      change: (op) => {
        op.dropIndex('things_unique');
        op.createIndex('things_unique', 'things', columns, options);
      },
      found: ['dropIndex things_unique', 'createIndex things_unique'],
    }),
  ),
  {
    name: 'a condition is another',
    change: (op) => {
      op.dropIndex('things_partial');
      op.createIndex('things_partial', 'things', [{ column: 'count', order: 'desc' }], {
        where: 'count > 11',
      });
    },
    found: ['dropIndex things_partial', 'createIndex things_partial'],
  },
  {
    name: 'an index expression is another',
    change: (op) => {
      op.dropIndex('things_lower');
      op.createIndex('things_lower', 'things', [{ expression: 'upper(label)' }]);
    },
    found: ['dropIndex things_lower', 'createIndex things_lower'],
  },
  {
    name: 'an index includes a column',
    on: 'postgresql',
    change: (op) => {
      op.dropIndex('things_seen');
      op.createIndex('things_seen', 'things', ['seen'], { include: ['note'] });
    },
    found: ['dropIndex things_seen', 'createIndex things_seen'],
  },
  {
    name: 'an unnamed unique constraint is gone',
    change: (op) => op.dropConstraint(null, 'owners', { type: 'unique', columns: ['mail'] }),
    found: ['createUniqueConstraint owners'],
  },
  {
    name: 'a unique constraint is too many',
    change: (op) => op.createUniqueConstraint(null, 'pairs', ['rank']),
    found: ['dropConstraint pairs'],
  },
  {
    name: 'a unique constraint is a unique index',
    change: (op) => {
      op.dropConstraint('things_label_count_key', 'things');
      op.createIndex('things_label_count_key', 'things', ['label', 'count'], { unique: true });
    },
    found: ['dropIndex things_label_count_key', 'createUniqueConstraint things'],
  },
  {
    name: 'a unique index is a unique constraint',
    change: (op) => {
      op.dropIndex('things_unique');
      op.createUniqueConstraint('things_unique', 'things', ['count', 'price']);
    },
    found: ['dropConstraint things', 'createIndex things_unique'],
  },
  {
    name: 'a constraint is called otherwise',
    change: (op) => {
      op.dropConstraint('things_label_count_key', 'things');
      op.createUniqueConstraint('renamed', 'things', ['label', 'count']);
    },
    found: ['dropConstraint things', 'createUniqueConstraint things'],
  },
];
