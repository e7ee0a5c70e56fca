import type { Mutation } from './mutation.ts';

export const keysAndChecks: readonly Mutation[] = [
  {
    name: 'a foreign key is gone',
    change: (op) => op.dropConstraint('things_owner_id_fkey', 'things'),
    found: ['createForeignKey things'],
  },
  {
    name: 'a foreign key is too many',
    change: (op) => op.createForeignKey(null, 'things', 'things', ['other_id'], ['id']),
    found: ['dropConstraint things'],
  },
  ...(
    [
      ['deletes otherwise', 'owners', { onDelete: 'SET NULL' }],
      ['updates otherwise', 'owners', { onDelete: 'CASCADE', onUpdate: 'CASCADE' }],
      ['is checked at the end', 'owners', { onDelete: 'CASCADE', deferrable: 'initially deferred' }],
      ['points elsewhere', 'things', { onDelete: 'CASCADE' }],
    ] as const
  ).map(
    ([what, table, options]): Mutation => ({
      name: `a foreign key ${what}`,
      change: (op) => {
        op.dropConstraint('things_owner_id_fkey', 'things');
        op.createForeignKey('things_owner_id_fkey', 'things', table, ['owner_id'], ['id'], options);
      },
      found: ['dropConstraint things', 'createForeignKey things'],
    }),
  ),
  {
    name: 'a foreign key has not been checked',
    on: 'postgresql',
    change: (op) => {
      op.dropConstraint('things_owner_id_fkey', 'things');
      op.createForeignKey('things_owner_id_fkey', 'things', 'owners', ['owner_id'], ['id'], {
        onDelete: 'CASCADE',
        notValid: true,
      });
    },
    found: ['validateConstraint things_owner_id_fkey'],
    oneWay: true,
  },
  {
    name: 'a primary key is gone',
    change: (op) => op.dropConstraint(null, 'pairs', { type: 'primaryKey' }),
    found: ['createPrimaryKey pairs'],
  },
  {
    name: 'a primary key has other columns',
    change: (op) => {
      op.dropConstraint(null, 'pairs', { type: 'primaryKey' });
      op.createPrimaryKey(null, 'pairs', ['left']);
    },
    found: ['dropConstraint pairs', 'createPrimaryKey pairs'],
  },
  {
    name: 'a check is gone',
    change: (op) => op.dropConstraint('things_sane', 'things'),
    found: ['createCheckConstraint things'],
  },
  {
    name: 'a check is too many',
    change: (op) => op.createCheckConstraint('extra', 'pairs', 'rank > 0'),
    found: ['dropConstraint pairs'],
  },
  {
    name: 'a check says something else',
    change: (op) => {
      op.dropConstraint('things_sane', 'things');
      op.createCheckConstraint('things_sane', 'things', "count >= 1 and label <> ''");
    },
    found: ['dropConstraint things', 'createCheckConstraint things'],
  },
  {
    name: 'a check is written otherwise',
    change: (op) => {
      op.dropConstraint('things_sane', 'things');
      op.createCheckConstraint('things_sane', 'things', `("count">=0) AND (label != '')`);
    },
    found: [],
  },
  {
    name: 'a table is gone with the key it refers to',
    on: 'postgresql',
    change: (op) => {
      op.dropTable('things');
      op.dropConstraint('owners_pkey', 'owners');
    },
    found: [
      'createTable things',
      'createPrimaryKey owners',
      'createIndex things_seen',
      'createIndex things_unique',
      'createIndex things_partial',
      'createIndex things_lower',
      'createForeignKey things',
    ],
  },
  {
    name: 'a table too many refers to a column too many',
    change: (op) => {
      op.addColumn('owners', op.column('code', op.t.integer()));
      op.createUniqueConstraint('owners_code_key', 'owners', ['code']);
      op.createTable('extra', [
        op.column('code', op.t.integer()),
        op.foreignKey(['code'], 'owners', ['code']),
      ]);
    },
    found: ['dropConstraint extra', 'dropColumn owners.code', 'dropTable extra'],
    flags: { allowDrop: ['extra', 'owners.code'] },
  },
  {
    name: 'a second key without a name on the columns of one with a name',
    on: 'sqlite',
    change: (op) =>
      op.createForeignKey(null, 'things', 'owners', ['owner_id'], ['id'], { onDelete: 'SET NULL' }),
    found: ['dropConstraint things'],
  },
  {
    name: 'a unique constraint waits for the end of the transaction',
    on: 'postgresql',
    change: (op) => {
      op.dropConstraint('owners_mail_key', 'owners');
      op.createUniqueConstraint('owners_mail_key', 'owners', ['mail'], { deferrable: 'initially deferred' });
    },
    found: ['dropConstraint owners', 'createUniqueConstraint owners'],
  },
];
