import type { Mutation } from './mutation.ts';

export const tablesAndColumns: readonly Mutation[] = [
  { name: 'a table is gone', change: (op) => op.dropTable('pairs'), found: ['createTable pairs'] },
  {
    name: 'a table is too many',
    change: (op) =>
      op.createTable('extra', [
        op.column('id', op.t.integer(), { primaryKey: true }),
        op.column('x', op.t.text()),
      ]),
    found: ['dropTable extra'],
    flags: { allowDrop: ['extra'] },
  },
  {
    name: 'a column is gone',
    change: (op) => op.dropColumn('things', 'note'),
    found: ['addColumn things.note'],
  },
  {
    name: 'a column is too many',
    change: (op) => op.addColumn('things', op.column('extra', op.t.integer())),
    found: ['dropColumn things.extra'],
    flags: { allowDrop: ['things.extra'] },
  },
  {
    name: 'a column is called otherwise',
    change: (op) => op.renameColumn('things', 'price', 'cost'),
    found: ['renameColumn things.cost'],
    flags: { rename: ['things.cost:price'] },
  },
  {
    name: 'a table is called otherwise',
    change: (op) => op.renameTable('things', 'stuff'),
    found: ['renameTable stuff'],
    flags: { rename: ['stuff:things'] },
  },
  {
    name: 'a table is another under the name of its key',
    on: 'postgresql',
    change: (op) => op.renameTable('pairs', 'couples'),
    found: ['dropTable couples', 'createTable pairs'],
    flags: { allowDrop: ['couples'] },
  },
  {
    name: 'a table is called otherwise, but not to SQLite',
    on: 'sqlite',
    change: (op) => op.renameTable('pairs', 'Pairs'),
    found: ['renameTable Pairs'],
    flags: { rename: ['Pairs:pairs'] },
  },
  {
    name: 'a column is called otherwise, but not to SQLite',
    on: 'sqlite',
    change: (op) => op.renameColumn('pairs', 'rank', 'Rank'),
    found: ['renameColumn pairs.Rank'],
    flags: { rename: ['pairs.Rank:rank'] },
  },
  {
    name: 'a table and a column of it are called otherwise, but not to SQLite',
    on: 'sqlite',
    change: (op) => {
      op.renameColumn('owners', 'mail', 'MAIL');
      op.renameTable('owners', 'OWNERS');
    },
    found: ['renameTable OWNERS', 'renameColumn owners.MAIL'],
    flags: { rename: ['OWNERS:owners', 'owners.MAIL:mail'] },
  },
  {
    name: 'a text is longer',
    change: (op) => op.alterColumn('things', 'label', { type: op.t.string(40) }),
    found: ['alterColumn things.label type'],
  },
  {
    name: 'a text has no length',
    change: (op) => op.alterColumn('things', 'label', { type: op.t.text() }),
    found: ['alterColumn things.label type'],
  },
  {
    name: 'a number has other digits',
    change: (op) => op.alterColumn('things', 'price', { type: op.t.numeric(12, 3) }),
    found: ['alterColumn things.price type'],
  },
  {
    name: 'a number is bigger',
    change: (op) => op.alterColumn('things', 'other_id', { type: op.t.bigInteger() }),
    found: ['alterColumn things.other_id type'],
  },
  {
    name: 'a moment has no time zone',
    on: 'postgresql',
    change: (op) => op.alterColumn('things', 'seen', { type: op.t.dateTime() }),
    found: ['alterColumn things.seen type'],
  },
  {
    name: 'a key column has another type',
    change: (op) => op.alterColumn('things', 'owner_id', { type: op.t.bigInteger() }),
    found: ['dropConstraint things', 'alterColumn things.owner_id type', 'createForeignKey things'],
  },
  {
    name: 'a column takes NULL',
    change: (op) => op.alterColumn('things', 'count', { nullable: true }),
    found: ['alterColumn things.count nullable'],
  },
  {
    name: 'a column takes no NULL',
    change: (op) => op.alterColumn('things', 'label', { nullable: false }),
    found: [],
  },
  {
    name: 'a column that may be NULL takes none',
    change: (op) => op.alterColumn('things', 'size', { nullable: false }),
    found: ['alterColumn things.size nullable'],
  },
  {
    name: 'a default is gone',
    change: (op) => op.alterColumn('things', 'label', { serverDefault: null }),
    found: ['alterColumn things.label serverDefault'],
  },
  {
    name: 'a default is another',
    change: (op) => op.alterColumn('things', 'count', { serverDefault: 1 }),
    found: ['alterColumn things.count serverDefault'],
  },
  {
    name: 'a default is written otherwise',
    change: (op, dialect) => {
      op.alterColumn('things', 'count', { serverDefault: op.sql('(0)') });
      const now = dialect === 'sqlite' ? "datetime('now')" : 'now()';
      op.alterColumn('things', 'seen', { serverDefault: op.sql(now) });
    },
    found: [],
  },
  {
    name: 'a default is too many',
    change: (op) => op.alterColumn('things', 'note', { serverDefault: op.sql("lower('X')") }),
    found: ['alterColumn things.note serverDefault'],
  },
  {
    name: 'an enumeration has one value more',
    change: (op) => op.alterColumn('things', 'size', { type: op.t.enum('size', ['small', 'large', 'huge']) }),
    found: ['alterColumn things.size type'],
  },
  {
    name: 'an enumeration is a plain text',
    change: (op) => op.alterColumn('things', 'size', { type: op.t.text() }),
    found: ['alterColumn things.size type'],
    flags: { using: ['things.size=size'] },
    on: 'sqlite',
  },
  {
    name: 'an enumeration is a plain text (PostgreSQL)',
    change: (op) => op.alterColumn('things', 'size', { type: op.t.text() }),
    found: ['alterColumn things.size type'],
    flags: { using: ['things.size=size::size'] },
    on: 'postgresql',
  },
  {
    name: 'a column is computed otherwise',
    change: (op) => {
      op.dropColumn('things', 'doubled');
      op.addColumn('things', op.column('doubled', op.t.integer(), { generated: 'count * 3' }));
    },
    found: ['dropColumn things.doubled', 'addColumn things.doubled'],
    flags: {},
  },
  {
    name: 'a computed column is a plain one',
    change: (op) => {
      op.dropColumn('things', 'doubled');
      op.addColumn('things', op.column('doubled', op.t.integer()));
    },
    found: ['dropColumn things.doubled', 'addColumn things.doubled'],
    flags: { allowDrop: ['things.doubled'] },
  },
  {
    name: 'a key counts up by identity',
    on: 'postgresql',
    change: (op) => op.alterColumn('things', 'id', { autoincrement: 'identity' }),
    found: ['alterColumn things.id autoincrement'],
  },
  {
    name: 'a key never takes a number twice',
    change: (op) => op.alterColumn('owners', 'id', { autoincrement: 'always' }),
    found: ['alterColumn owners.id autoincrement'],
  },
  {
    name: 'a key does not count up',
    on: 'postgresql',
    change: (op) => op.alterColumn('owners', 'id', { autoincrement: false }),
    found: ['alterColumn owners.id autoincrement'],
  },
  {
    name: 'a comment is another',
    on: 'postgresql',
    change: (op) => op.alterColumn('things', 'note', { comment: 'changed' }),
    found: ['alterColumn things.note comment'],
  },
  {
    name: 'a comment is gone',
    on: 'postgresql',
    change: (op) => op.alterColumn('things', 'note', { comment: null }),
    found: ['alterColumn things.note comment'],
  },
  {
    name: 'a collation is another',
    change: (op, dialect) =>
      op.alterColumn('things', 'note', { collation: dialect === 'sqlite' ? 'NOCASE' : 'C' }),
    found: ['alterColumn things.note collation'],
  },
  {
    name: 'a comment is too many',
    on: 'postgresql',
    change: (op) => op.alterColumn('things', 'size', { comment: "by 'hand'" }),
    found: ['alterColumn things.size comment'],
  },
  {
    name: 'the comment of a table is another',
    on: 'postgresql',
    change: (op) => op.createTableComment('owners', "by 'hand'"),
    found: ['createTableComment owners'],
  },
  {
    name: 'the comment of a table is gone',
    on: 'postgresql',
    change: (op) => op.dropTableComment('owners'),
    found: ['createTableComment owners'],
  },
  {
    name: 'the comment of a table is too many',
    on: 'postgresql',
    change: (op) => op.createTableComment('pairs', 'by hand'),
    found: ['dropTableComment pairs'],
  },
  {
    name: 'the comment of a table that is called otherwise is another',
    on: 'postgresql',
    change: (op) => {
      op.renameTable('pairs', 'couples');
      op.createTableComment('couples', 'by hand');
    },
    found: ['renameTable couples', 'dropTableComment pairs'],
    flags: { rename: ['couples:pairs'] },
  },
  {
    name: 'the comment of a table, of which there are none',
    on: 'sqlite',
    change: (op) => {
      op.createTableComment('pairs', 'by hand');
      op.dropTableComment('owners');
    },
    found: [],
  },
];
