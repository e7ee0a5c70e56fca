import type { Operations } from '../../src/operations/operations.ts';

/** One golden file per dialect: what `change` compiles to on the schema that `before` builds. */
export interface GoldenCase {
  /** Also the name of the golden file. */
  readonly name: string;
  readonly before: (op: Operations) => void;
  readonly change: (op: Operations) => void;
}

const nothing = () => {};

/** A parent with an index, and a child that refers to it and to itself. */
function family(op: Operations): void {
  const { t, column } = op;
  op.createTable('events', [
    column('id', t.integer(), { primaryKey: true }),
    column('message_id', t.string(200), { nullable: false }),
    column('state', t.integer(), { nullable: false, serverDefault: '0' }),
    column('note', t.text()),
  ]);
  op.createIndex('idx_events_message_id', 'events', ['message_id'], { unique: true });
  op.createTable('builds', [
    column('id', t.integer(), { primaryKey: true }),
    column('name', t.string(), { nullable: false, unique: true }),
    column('size', t.string(20)),
    column('event_id', t.integer()),
    column('dep_on_id', t.integer()),
    op.foreignKey(['event_id'], 'events', ['id'], { name: 'fk_builds_event', onDelete: 'CASCADE' }),
    op.foreignKey(['dep_on_id'], 'builds', ['id'], { onDelete: 'SET NULL' }),
    op.check('size IS NOT NULL OR event_id IS NULL', { name: 'ck_builds_size' }),
  ]);
}

/** Every kind of operation, and what a dialect has to decide about it. */
export const goldenCases: readonly GoldenCase[] = [
  { name: 'create-table', before: nothing, change: family },
  {
    name: 'create-table-all-types',
    before: nothing,
    change: (op) => {
      const { t, column } = op;
      op.createTable('zoo', [
        column('id', t.bigInteger(), { primaryKey: true }),
        column('an_integer', t.integer()),
        column('a_small_integer', t.smallInteger()),
        column('a_big_integer', t.bigInteger()),
        column('a_string', t.string()),
        column('a_short_string', t.string(20)),
        column('a_text', t.text()),
        column('a_boolean', t.boolean()),
        column('a_date_time', t.dateTime()),
        column('a_zoned_date_time', t.dateTime({ timezone: true })),
        column('a_date', t.date()),
        column('a_time', t.time()),
        column('a_float', t.float()),
        column('a_double', t.double()),
        column('a_numeric', t.numeric()),
        column('a_price', t.numeric(10, 2)),
        column('a_json', t.json()),
        column('a_binary', t.binary()),
        column('a_uuid', t.uuid()),
        column('a_mood', t.enum('mood', ['happy', "can't say"])),
        column('a_raw', t.raw({ sqlite: 'MEDIUMTEXT', postgresql: 'inet' })),
      ]);
    },
  },
  {
    name: 'create-table-defaults',
    before: nothing,
    change: (op) => {
      const { t, column } = op;
      op.createTable('defaults', [
        column('id', t.integer(), { primaryKey: true }),
        column('a_string', t.string(), { serverDefault: '0', nullable: false }),
        column('a_quoted_string', t.string(), { serverDefault: "it's" }),
        column('an_integer', t.integer(), { serverDefault: 0 }),
        column('a_negative', t.float(), { serverDefault: -1.5 }),
        column('a_boolean', t.boolean(), { serverDefault: true }),
        column('a_moment', t.dateTime(), { serverDefault: op.sql('CURRENT_TIMESTAMP') }),
        column('an_expression', t.integer(), { serverDefault: op.sql('1 + 1') }),
      ]);
    },
  },
  {
    name: 'create-table-autoincrement',
    before: nothing,
    change: (op) => {
      const { t, column } = op;
      op.createTable('a_serial', [column('id', t.integer(), { primaryKey: true })]);
      op.createTable('an_identity', [
        column('id', t.integer(), { primaryKey: true, autoincrement: 'identity' }),
      ]);
      op.createTable('an_always', [column('id', t.integer(), { primaryKey: true, autoincrement: 'always' })]);
      op.createTable('not_counting', [column('id', t.integer(), { primaryKey: true, autoincrement: false })]);
      op.createTable('a_small_serial', [column('id', t.smallInteger(), { primaryKey: true })]);
    },
  },
  {
    name: 'create-table-constraints',
    before: nothing,
    change: (op) => {
      const { t, column } = op;
      op.createTable(
        'links',
        [
          column('left_id', t.integer()),
          column('right_id', t.integer()),
          column('other_left', t.integer()),
          column('other_right', t.integer()),
          column('weight', t.integer(), { check: 'weight > 0', comment: 'In grams' }),
          column('double_weight', t.integer(), { generated: 'weight * 2' }),
          op.primaryKey(['left_id', 'right_id'], { name: 'pk_links' }),
          op.unique(['other_left', 'other_right'], { name: 'uq_links_other' }),
          op.check('left_id <> right_id', { name: 'ck_links_differ' }),
          op.foreignKey(['other_left', 'other_right'], 'links', ['left_id', 'right_id'], {
            name: 'fk_links_other',
            onDelete: 'CASCADE',
            onUpdate: 'RESTRICT',
            deferrable: 'initially deferred',
          }),
        ],
        { comment: 'What leads where' },
      );
    },
  },
  {
    name: 'create-table-any-name',
    before: nothing,
    change: (op) => {
      const { t, column } = op;
      op.createTable('Order "of" größe', [
        column('select', t.integer(), { primaryKey: true }),
        column('a "b" c', t.string(), { unique: true, check: `"a ""b"" c" <> ''` }),
        column('ünïcode', t.string()),
      ]);
      op.createIndex('an "index"', 'Order "of" größe', ['ünïcode', 'select']);
    },
  },
  { name: 'drop-table', before: family, change: (op) => op.dropTable('builds') },
  {
    name: 'drop-tables-that-refer',
    before: family,
    change: (op) => {
      op.dropTable('builds');
      op.dropTable('events');
    },
  },
  { name: 'rename-table', before: family, change: (op) => op.renameTable('events', 'happenings') },
  {
    name: 'rename-table-case',
    before: family,
    change: (op) => op.renameTable('events', 'Events'),
  },
  {
    name: 'add-column',
    before: family,
    change: (op) => op.addColumn('events', op.column('released', op.t.boolean())),
  },
  {
    name: 'add-column-default',
    before: family,
    change: (op) =>
      op.addColumn('events', op.column('kind', op.t.string(10), { nullable: false, serverDefault: 'a' })),
  },
  {
    name: 'add-column-not-null',
    before: family,
    change: (op) => op.addColumn('events', op.column('kind', op.t.string(10), { nullable: false })),
  },
  {
    name: 'add-column-now',
    before: family,
    change: (op) =>
      op.addColumn(
        'events',
        op.column('time_created', op.t.dateTime(), { serverDefault: op.sql('CURRENT_TIMESTAMP') }),
      ),
  },
  {
    name: 'add-column-unique',
    before: family,
    change: (op) => op.addColumn('events', op.column('slug', op.t.string(10), { unique: true })),
  },
  {
    name: 'add-column-check',
    before: family,
    change: (op) => op.addColumn('events', op.column('weight', op.t.integer(), { check: 'weight > 0' })),
  },
  {
    name: 'add-column-generated',
    before: family,
    change: (op) => op.addColumn('events', op.column('twice', op.t.integer(), { generated: 'state * 2' })),
  },
  {
    name: 'add-column-enum',
    before: family,
    change: (op) => op.addColumn('events', op.column('mood', op.t.enum('mood', ['happy', 'sad']))),
  },
  {
    name: 'add-column-with-foreign-key',
    before: family,
    change: (op) => {
      op.addColumn('events', op.column('build_id', op.t.integer()));
      op.createForeignKey('fk_events_build', 'events', 'builds', ['build_id'], ['id'], {
        onDelete: 'SET NULL',
      });
      op.createIndex('idx_events_build_id', 'events', ['build_id']);
    },
  },
  { name: 'drop-column', before: family, change: (op) => op.dropColumn('events', 'note') },
  {
    name: 'drop-column-with-index',
    before: family,
    change: (op) => op.dropColumn('events', 'message_id'),
  },
  {
    name: 'drop-column-with-constraints',
    before: family,
    change: (op) => op.dropColumn('builds', 'event_id'),
  },
  {
    name: 'rename-column',
    before: family,
    change: (op) => op.renameColumn('events', 'message_id', 'msg'),
  },
  {
    name: 'rename-column-keyword',
    before: family,
    change: (op) => op.renameColumn('builds', 'size', 'order'),
  },
  {
    name: 'alter-column-type',
    before: family,
    change: (op) => op.alterColumn('events', 'message_id', { type: op.t.text() }),
  },
  {
    name: 'alter-column-type-using',
    before: family,
    change: (op) =>
      op.alterColumn('builds', 'size', { type: op.t.integer(), using: 'CAST(size AS INTEGER)' }),
  },
  {
    name: 'alter-column-set-not-null',
    before: family,
    change: (op) => op.alterColumn('events', 'note', { nullable: false }),
  },
  {
    name: 'alter-column-backfill',
    before: family,
    change: (op) => op.alterColumn('events', 'note', { nullable: false, backfill: '' }),
  },
  {
    name: 'alter-column-drop-not-null',
    before: family,
    change: (op) => op.alterColumn('events', 'message_id', { nullable: true }),
  },
  {
    name: 'alter-column-set-default',
    before: family,
    change: (op) => op.alterColumn('events', 'note', { serverDefault: 'none' }),
  },
  {
    name: 'alter-column-drop-default',
    before: family,
    change: (op) => op.alterColumn('events', 'state', { serverDefault: null }),
  },
  {
    name: 'alter-column-comment',
    before: family,
    change: (op) => op.alterColumn('events', 'note', { comment: 'Free text' }),
  },
  {
    name: 'create-table-comment',
    before: family,
    change: (op) => {
      op.createTableComment('events', "what has happened, and where it's at");
      op.renameTable('events', 'happenings');
    },
  },
  {
    name: 'create-table-comment-empty',
    before: family,
    change: (op) => op.createTableComment('events', ''),
  },
  {
    name: 'drop-table-comment',
    before: (op) => {
      family(op);
      op.createTableComment('events', 'what has happened');
    },
    change: (op) => op.dropTableComment('events'),
  },
  {
    name: 'alter-column-autoincrement',
    before: family,
    change: (op) => op.alterColumn('events', 'id', { autoincrement: 'always' }),
  },
  {
    name: 'alter-column-enum-values',
    before: (op) =>
      op.createTable('feelings', [
        op.column('id', op.t.integer(), { primaryKey: true }),
        op.column('mood', op.t.enum('mood', ['happy', 'sad'])),
      ]),
    change: (op) => op.alterColumn('feelings', 'mood', { type: op.t.enum('mood', ['happy', 'sad', 'angry']) }),
  },
  {
    name: 'create-index',
    before: family,
    change: (op) => op.createIndex('idx_builds_event_id', 'builds', ['event_id']),
  },
  {
    name: 'create-index-unique',
    before: family,
    change: (op) => op.createIndex('idx_builds_pair', 'builds', ['event_id', 'size'], { unique: true }),
  },
  {
    name: 'create-index-with-everything',
    before: family,
    change: (op) =>
      op.createIndex(
        'idx_builds_everything',
        'builds',
        [
          { column: 'size', order: 'desc', nulls: 'last' },
          { expression: 'lower(name)' },
          { column: 'event_id', nulls: 'first' },
        ],
        { where: 'event_id IS NOT NULL', include: ['dep_on_id'] },
      ),
  },
  {
    name: 'create-index-concurrently',
    before: family,
    change: (op) => op.createIndex('idx_builds_size', 'builds', ['size'], { concurrently: true }),
  },
  {
    name: 'create-index-using',
    before: family,
    change: (op) => op.createIndex('idx_builds_hash', 'builds', ['size'], { using: 'hash' }),
  },
  {
    name: 'drop-index',
    before: family,
    change: (op) => op.dropIndex('idx_events_message_id', 'events'),
  },
  {
    name: 'create-foreign-key',
    before: family,
    change: (op) =>
      op.createForeignKey('fk_events_state', 'events', 'builds', ['state'], ['id'], {
        onDelete: 'SET DEFAULT',
        onUpdate: 'CASCADE',
        deferrable: 'initially immediate',
      }),
  },
  {
    name: 'create-foreign-key-not-valid',
    before: family,
    change: (op) => {
      op.createForeignKey('fk_events_state', 'events', 'builds', ['state'], ['id'], { notValid: true });
      op.validateConstraint('fk_events_state', 'events');
    },
  },
  {
    name: 'create-unique-constraint-deferrable',
    before: family,
    change: (op) =>
      op.createUniqueConstraint('uq_events', 'events', ['message_id'], { deferrable: 'initially deferred' }),
  },
  {
    name: 'create-unique-constraint',
    before: family,
    change: (op) => op.createUniqueConstraint('uq_builds_pair', 'builds', ['event_id', 'size']),
  },
  {
    name: 'create-check-constraint',
    before: family,
    change: (op) => op.createCheckConstraint('ck_events_state', 'events', 'state >= 0'),
  },
  {
    name: 'create-primary-key',
    before: (op) => op.createTable('keyless', [op.column('a', op.t.integer()), op.column('b', op.t.string(5))]),
    change: (op) => op.createPrimaryKey('pk_keyless', 'keyless', ['a', 'b']),
  },
  {
    name: 'drop-foreign-key',
    before: family,
    change: (op) => op.dropConstraint('fk_builds_event', 'builds', { type: 'foreignKey' }),
  },
  {
    name: 'drop-unnamed-foreign-key',
    before: family,
    change: (op) =>
      op.dropConstraint('builds_dep_on_id_fkey', 'builds', { type: 'foreignKey', columns: ['dep_on_id'] }),
  },
  {
    name: 'drop-unnamed-unique-constraint',
    before: family,
    change: (op) => op.dropConstraint('builds_name_key', 'builds', { type: 'unique', columns: ['name'] }),
  },
  {
    name: 'drop-check-constraint',
    before: family,
    change: (op) => op.dropConstraint('ck_builds_size', 'builds', { type: 'check' }),
  },
  {
    name: 'drop-primary-key',
    before: (op) =>
      op.createTable('keyed', [
        op.column('a', op.t.integer()),
        op.column('b', op.t.string(5)),
        op.primaryKey(['a', 'b'], { name: 'pk_keyed' }),
      ]),
    change: (op) => op.dropConstraint('pk_keyed', 'keyed', { type: 'primaryKey' }),
  },
  {
    name: 'many-changes-to-one-table',
    before: family,
    change: (op) => {
      op.renameColumn('builds', 'size', 'bytes');
      op.alterColumn('builds', 'bytes', { type: op.t.integer(), using: 'CAST(bytes AS INTEGER)' });
      op.createTable('owners', [op.column('id', op.t.integer(), { primaryKey: true })]);
      op.addColumn('builds', op.column('owner_id', op.t.integer()));
      op.createForeignKey('fk_builds_owner', 'builds', 'owners', ['owner_id'], ['id']);
      op.dropConstraint('fk_builds_event', 'builds', { type: 'foreignKey' });
      op.dropColumn('builds', 'event_id');
      op.createIndex('idx_builds_owner_id', 'builds', ['owner_id']);
    },
  },
  {
    name: 'tables-that-refer-to-each-other',
    before: nothing,
    change: (op) => {
      op.createTable('hens', [
        op.column('id', op.t.integer(), { primaryKey: true }),
        op.column('egg_id', op.t.integer()),
      ]);
      op.createTable('eggs', [
        op.column('id', op.t.integer(), { primaryKey: true }),
        op.column('hen_id', op.t.integer()),
        op.foreignKey(['hen_id'], 'hens', ['id']),
      ]);
      op.createForeignKey('fk_hens_egg', 'hens', 'eggs', ['egg_id'], ['id']);
    },
  },
];
