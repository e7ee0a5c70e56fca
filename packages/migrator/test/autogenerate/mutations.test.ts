import { compare } from '../../src/autogenerate/compare.ts';
import { parseDecisions } from '../../src/autogenerate/decision-flags.ts';
import { apply } from '../../src/operations/apply.ts';
import { describeOperation } from '../../src/operations/describe.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { Operations } from '../../src/operations/operations.ts';
import { reverseAll } from '../../src/operations/reverse.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { type Engine, engines } from './engine.ts';

function recorded(script: (op: Operations) => void): readonly Operation[] {
  const op = new Operations();
  script(op);
  return op.recorded;
}

/** The history of a small project; its end is what the models want. */
const history = recorded((op) => {
  const { column, foreignKey, primaryKey, unique, check, t, sql } = op;
  op.createTable('owners', [
    column('id', t.integer(), { primaryKey: true }),
    column('name', t.string(50), { nullable: false }),
    column('mail', t.string()),
    unique(['mail']),
  ]);
  op.createTable('things', [
    column('id', t.integer(), { primaryKey: true }),
    column('label', t.string(20), { nullable: false, serverDefault: 'none' }),
    column('count', t.integer(), { nullable: false, serverDefault: 0 }),
    column('price', t.numeric(10, 2)),
    column('seen', t.dateTime({ timezone: true }), { serverDefault: sql('CURRENT_TIMESTAMP') }),
    column('size', t.enum('size', ['small', 'large'])),
    column('note', t.text(), { comment: 'free text' }),
    column('owner_id', t.integer()),
    column('other_id', t.integer()),
    column('doubled', t.integer(), { generated: 'count * 2' }),
    foreignKey(['owner_id'], 'owners', ['id'], { name: 'things_owner_id_fkey', onDelete: 'CASCADE' }),
    unique(['label', 'count'], { name: 'things_label_count_key' }),
    check("count >= 0 and label <> ''", { name: 'things_sane' }),
  ]);
  op.createTable('pairs', [
    column('left', t.integer()),
    column('right', t.integer()),
    column('rank', t.bigInteger(), { nullable: false }),
    primaryKey(['left', 'right']),
  ]);
  op.createIndex('things_seen', 'things', ['seen']);
  op.createIndex('things_unique', 'things', ['count', 'price'], { unique: true });
  op.createIndex('things_partial', 'things', [{ column: 'count', order: 'desc' }], { where: 'count > 10' });
  op.createIndex('things_lower', 'things', [{ expression: 'lower(label)' }]);
});

const models = history.reduce(apply, emptySchema);

const rows = [
  "INSERT INTO owners (id, name, mail) VALUES (1, 'Ann', 'a@x'), (2, 'Bob', NULL)",
  "INSERT INTO things (id, label, count, price, size, note, owner_id) VALUES (1, 'one', 5, 1.50, 'small', 'n', 1), (2, 'two', 20, NULL, 'large', NULL, NULL)",
  'INSERT INTO pairs ("left", "right", rank) VALUES (1, 2, 3), (2, 1, 4)',
];

interface Mutation {
  readonly name: string;
  readonly change: (op: Operations, dialect: 'sqlite' | 'postgresql') => void;
  /** What a comparison says, in the words of `--json`: kind and what it is about. */
  readonly found: readonly string[];
  readonly on?: 'sqlite' | 'postgresql';
  readonly flags?: Parameters<typeof parseDecisions>[0];
  /** True where the hand-made state cannot come back exactly. */
  readonly oneWay?: boolean;
}

const mutations: readonly Mutation[] = [
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
];

describe.each(engines)('changes by hand on $name', ({ dialect, lend }: Engine) => {
  const selected = mutations.filter((each) => each.on === undefined || each.on === dialect.name);

  test.each(selected)('$name', async ({ change, found, flags = {}, oneWay }) => {
    await lend(async (database) => {
      await database.migrate(history);
      await database.byHand(...rows);
      await database.migrate(recorded((op) => change(op, dialect.name)));
      const live = await database.inspect();
      const contents = await contentsOf(live);

      const decisions = parseDecisions(flags);
      const comparison = compare({ live, models, dialect, history, decisions });
      expect(summary(comparison.operations, live)).toEqual(found);
      expect(comparison.ambiguities.filter((each) => each.unless === null)).toEqual([]);

      await database.migrate(comparison.operations);
      const mended = await database.inspect();
      const again = compare({ live: mended, models, dialect, history });
      expect(again.operations).toEqual([]);

      if (oneWay) return;
      const back = reverseAll(comparison.operations, comparison.before);
      await database.migrate(back ?? []);
      const restored = await database.inspect();
      expect(compare({ live: restored, models: live, dialect }).operations).toEqual([]);
      expect(compare({ live, models: restored, dialect }).operations).toEqual([]);
      expect(await contentsOf(live)).toEqual(contents);

      async function contentsOf(schema: Schema) {
        const lost = new Set(
          found.filter((each) => each.startsWith('drop')).map((each) => each.split(' ')[1]),
        );
        const tables = schema.tables.filter((table) => !lost.has(table.name));
        return Promise.all(
          tables.map((table) => {
            const columns = table.columns
              .filter((column) => !lost.has(`${table.name}.${column.name}`))
              .map((column) => dialect.quoteIdentifier(column.name));
            const list = columns.join(', ');
            return database.query(
              `SELECT ${list} FROM ${dialect.quoteIdentifier(table.name)} ORDER BY ${list}`,
            );
          }),
        );
      }
    });
  });
});

function summary(operations: readonly Operation[], before: Schema): string[] {
  let schema = before;
  return operations.map((operation) => {
    const { kind, table, column, name } = describeOperation(operation, schema);
    const what =
      operation.kind === 'createIndex' || operation.kind === 'dropIndex' || kind === 'validateConstraint'
        ? name
        : column === undefined
          ? table
          : `${table}.${column}`;
    const change = operation.kind === 'alterColumn' ? ` ${Object.keys(operation.change).join(' ')}` : '';
    schema = apply(schema, operation);
    return `${kind} ${what}${change}`;
  });
}
