import type { GoldenCase } from './cases.ts';

function feelings(op: Parameters<GoldenCase['before']>[0]): void {
  const mood = op.t.enum('mood', ['happy', 'sad']);
  op.createTable('feelings', [
    op.column('id', op.t.integer(), { primaryKey: true }),
    op.column('mood', mood, { serverDefault: 'sad', nullable: false }),
    op.column('price', op.t.numeric(10, 4)),
    op.column('ratio', op.t.double()),
    op.column('moment', op.t.dateTime()),
    op.check("mood <> 'happy'", { name: 'ck_feelings_mood' }),
  ]);
  op.createTable('others', [op.column('a_mood', mood), op.column('number', op.t.bigInteger())]);
  op.createIndex('idx_feelings_sad', 'feelings', ['id'], { where: "mood = 'sad'" });
}

/** What only PostgreSQL has, or does in a way of its own. */
export const postgresqlCases: readonly GoldenCase[] = [
  {
    name: 'enum-values-with-dependents',
    before: feelings,
    change: (op) =>
      op.alterColumn('others', 'a_mood', { type: op.t.enum('mood', ['angry', 'sad', "can't say", 'happy']) }),
  },
  {
    name: 'enum-to-text-and-last-use',
    before: feelings,
    change: (op) => {
      op.dropTable('others');
      op.dropIndex('idx_feelings_sad');
      op.dropConstraint('ck_feelings_mood', 'feelings');
      op.alterColumn('feelings', 'mood', { type: op.t.text() });
    },
  },
  {
    name: 'enum-shared-and-dropped',
    before: feelings,
    change: (op) => {
      op.dropColumn('others', 'a_mood');
      op.dropTable('feelings');
    },
  },
  {
    name: 'enum-values-of-arrays',
    before: (op) => {
      feelings(op);
      op.addColumn('others', op.column('many', op.t.raw({ sqlite: 'TEXT', postgresql: 'mood[]' })));
    },
    change: (op) => op.alterColumn('feelings', 'mood', { type: op.t.enum('mood', ['sad', 'happy']) }),
  },
  {
    name: 'text-to-enum',
    before: (op) => op.createTable('a', [op.column('b', op.t.text(), { serverDefault: 'x' })]),
    change: (op) => op.alterColumn('a', 'b', { type: op.t.enum('letter', ['x', 'y']), using: 'b::letter' }),
  },
  {
    name: 'numbers-that-may-round',
    before: feelings,
    change: (op) => {
      op.alterColumn('feelings', 'price', { type: op.t.numeric(10, 2) });
      op.alterColumn('feelings', 'ratio', { type: op.t.integer() });
    },
  },
  {
    name: 'numbers-that-may-round-by-consent',
    before: feelings,
    change: (op) => op.alterColumn('feelings', 'ratio', { type: op.t.integer(), allowDataLoss: true }),
  },
  {
    name: 'date-time-takes-a-time-zone',
    before: feelings,
    change: (op) => op.alterColumn('feelings', 'moment', { type: op.t.dateTime({ timezone: true }) }),
  },
  {
    name: 'serial-becomes-bigger',
    before: feelings,
    change: (op) => op.alterColumn('feelings', 'id', { type: op.t.bigInteger() }),
  },
  {
    name: 'serial-stops-counting',
    before: feelings,
    change: (op) => op.alterColumn('feelings', 'id', { autoincrement: false }),
  },
  {
    name: 'column-starts-counting',
    before: feelings,
    change: (op) => {
      op.alterColumn('others', 'number', { nullable: false, backfill: 1 });
      op.alterColumn('others', 'number', { autoincrement: 'serial' });
    },
  },
  {
    name: 'identity-becomes-always-becomes-serial',
    before: (op) =>
      op.createTable('a', [
        op.column('next_value', op.t.integer(), { primaryKey: true, autoincrement: 'identity' }),
      ]),
    change: (op) => {
      op.alterColumn('a', 'next_value', { autoincrement: 'always' });
      op.alterColumn('a', 'next_value', { autoincrement: 'serial' });
    },
  },
  {
    name: 'not-null-concurrently',
    before: feelings,
    change: (op) => op.alterColumn('feelings', 'price', { nullable: false, concurrently: true, backfill: 0 }),
  },
  {
    name: 'backfill-under-deferred-key',
    before: (op) => {
      op.createTable('a', [op.column('id', op.t.integer(), { primaryKey: true })]);
      op.createTable('b', [
        op.column('a_id', op.t.integer()),
        op.foreignKey(['a_id'], 'a', ['id'], { deferrable: 'initially deferred' }),
      ]);
    },
    change: (op) => op.alterColumn('b', 'a_id', { nullable: false, backfill: op.sql('1 + 0') }),
  },
  {
    name: 'drop-index-concurrently',
    before: feelings,
    change: (op) => op.dropIndex('idx_feelings_sad', 'feelings', { concurrently: true }),
  },
  {
    name: 'index-opclass-and-collation',
    before: feelings,
    change: (op) => {
      op.addColumn('others', op.column('data', op.t.json()));
      op.addColumn('others', op.column('name', op.t.string(), { collation: 'C', comment: 'Sorted by bytes' }));
      op.createIndex('idx_others_data', 'others', [{ column: 'data', opclass: 'jsonb_path_ops' }], {
        using: 'GIN',
      });
      op.createIndex('idx_others_name', 'others', [
        { column: 'name', collation: 'POSIX', opclass: 'text_pattern_ops' },
        { expression: "coalesce(name, '')", order: 'desc', nulls: 'first' },
      ]);
      op.alterColumn('others', 'name', { collation: null, comment: null });
    },
  },
  {
    name: 'index-that-says-the-usual',
    before: (op) =>
      op.createTable('a', [
        op.column('s', op.t.string(), { collation: 'C' }),
        op.column('i', op.t.integer()),
        op.column('j', op.t.json()),
      ]),
    change: (op) => {
      op.createIndex(
        'idx_a',
        'a',
        [
          { column: 's', collation: 'C', opclass: 'text_ops', order: 'asc', nulls: 'last' },
          { column: 'i', opclass: 'int4_ops', order: 'desc', nulls: 'first' },
          { expression: 'upper(s)', collation: 'POSIX' },
        ],
        { using: 'BTREE' },
      );
      op.createIndex('idx_j', 'a', [{ column: 'j', opclass: 'jsonb_ops' }], { using: 'gin' });
    },
  },
  {
    name: 'unnamed-constraints-of-existing-tables',
    before: feelings,
    change: (op) => {
      op.createPrimaryKey(null, 'others', ['number']);
      op.createUniqueConstraint(null, 'feelings', ['price', 'ratio']);
      op.createCheckConstraint(null, 'feelings', 'price > 0');
      op.createCheckConstraint(null, 'feelings', 'price < 100');
      op.createCheckConstraint(null, 'feelings', 'price < ratio', { notValid: true });
      op.createForeignKey(null, 'feelings', 'others', ['id'], ['number']);
      op.validateConstraint('feelings_check', 'feelings');
    },
  },
  {
    name: 'raw-types-are-recognised',
    before: () => {},
    change: (op) => {
      const raw = (postgresql: string) => op.t.raw({ sqlite: 'TEXT', postgresql });
      op.createTable('a', [
        op.column('b', raw('varchar(10)')),
        op.column('c', raw('TIMESTAMPTZ')),
        op.column('d', raw('timestamp(3) with time zone')),
        op.column('e', raw('decimal(8,2)[]')),
        op.column('f', raw('char')),
        op.column('g', raw('interval'), { serverDefault: '1 day' }),
      ]);
    },
  },
];
