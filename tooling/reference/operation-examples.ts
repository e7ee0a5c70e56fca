import { column, foreignKey, type Operations, sql, t } from '../../packages/migrator/src/engine.ts';

/** What a script does, as the reference prints it. */
type Script = (op: Operations) => void;

/** One call of the reference: its text is what is printed, and what the tests run. */
export interface OperationExample {
  readonly run: Script;
  /** What else has to be there, beside the tables of {@link exampleTables}. */
  readonly before?: Script;
  /** Printed above it, where there are several. */
  readonly title?: string;
}

/** What the reference says of one operation beside what the code says itself. */
export interface OperationEntry {
  /** What it does, and what an author has to know. */
  readonly about: string;
  /** Interfaces to show with it that its signature does not name as options. */
  readonly shows?: readonly string[];
  readonly examples: readonly OperationExample[];
}

/** The tables that the examples change. */
export const exampleTables: Script = (op) => {
  op.createTable('events', [
    column('id', t.integer(), { primaryKey: true }),
    column('message_id', t.string(200), { nullable: false }),
    column('state', t.integer(), { nullable: false, serverDefault: 0 }),
    column('note', t.text()),
  ]);
  op.createIndex('idx_events_message_id', 'events', ['message_id'], { unique: true });
  op.createTable('builds', [
    column('id', t.integer(), { primaryKey: true }),
    column('name', t.string(), { nullable: false }),
    column('event_id', t.integer()),
  ]);
};

/** Every method of `Operations` that records something, in the order of the reference. */
export const operationEntries: Readonly<Record<string, OperationEntry>> = {
  createTable: {
    about:
      'A table with its columns and constraints, in any order. An integer primary key of one column counts up by itself. `strict` and `withoutRowid` are for SQLite alone.',
    examples: [
      {
        run: (op) =>
          op.createTable('labels', [
            column('id', t.integer(), { primaryKey: true }),
            column('name', t.string(64), { nullable: false, unique: true }),
            column('event_id', t.integer()),
            foreignKey(['event_id'], 'events', ['id'], { onDelete: 'CASCADE' }),
          ]),
      },
    ],
  },
  dropTable: {
    about:
      'A table with its rows, indexes and constraints. In production it is refused while there are rows (`DATA_LOSS`), unless `allowDataLoss` or `--allow-data-loss` agrees. One that a view reads, or on SQLite a trigger of another table uses, is refused, with the name of the view or trigger. Taken back, it is empty.',
    examples: [{ run: (op) => op.dropTable('builds') }],
  },
  renameTable: {
    about: 'Foreign keys of other tables go on referring to it.',
    examples: [{ run: (op) => op.renameTable('builds', 'artifact_builds') }],
  },
  addColumn: {
    about:
      'A column at the end of the table. One that takes no NULL needs a `serverDefault` where there are rows. SQLite rebuilds the table for what it cannot add.',
    examples: [
      { run: (op) => op.addColumn('events', column('time_done', t.dateTime())) },
      {
        title: 'What SQLite cannot add: a default that is worked out',
        run: (op) =>
          op.addColumn(
            'builds',
            column('created', t.dateTime(), { nullable: false, serverDefault: sql('CURRENT_TIMESTAMP') }),
          ),
      },
    ],
  },
  dropColumn: {
    about:
      'Takes the indexes, keys and checks of the column along. In production it is refused while it holds values (`DATA_LOSS`), unless `allowDataLoss` or `--allow-data-loss` agrees.',
    examples: [
      { run: (op) => op.dropColumn('events', 'note') },
      {
        title: 'With a foreign key on it',
        before: (op) => op.createForeignKey('fk_builds_event', 'builds', 'events', ['event_id'], ['id']),
        run: (op) => op.dropColumn('builds', 'event_id'),
      },
    ],
  },
  renameColumn: {
    about: 'Indexes, keys, checks and generated columns follow the new name.',
    examples: [{ run: (op) => op.renameColumn('events', 'note', 'remark') }],
  },
  alterColumn: {
    about:
      'What is left out stays; `serverDefault: null` removes a default. A default that is no value of the new type is refused. `backfill` fills NULLs before the column becomes NOT NULL, `using` is SQL that makes the new value where the type changes. Without it a value is converted by the number or the text that it is (1 for true). One that does not fit is an error on both databases, never turned into something else; one that would be cut or rounded is, too, unless `allowDataLoss` agrees: then a half is rounded away from zero (where a float becomes a whole number, to the even neighbour), and a moment keeps its day or its time. What another text than a plain number means as a number, or 2 as a truth value, `allowDataLoss` does not say: that takes `using`. `concurrently` (PostgreSQL, with `nullable: false` alone) reads the rows without keeping writers out.',
    examples: [
      { run: (op) => op.alterColumn('events', 'note', { nullable: false, backfill: '' }) },
      {
        title: 'Of a big table, while the service runs',
        run: (op) => op.alterColumn('events', 'note', { nullable: false, concurrently: true }),
      },
      {
        title: 'Another type',
        run: (op) => op.alterColumn('events', 'state', { type: t.bigInteger() }),
      },
      {
        title: 'A type that its values have to be read anew for',
        run: (op) => op.alterColumn('events', 'note', { type: t.integer() }),
      },
    ],
  },
  createIndex: {
    about:
      "`where` makes a partial index; a column may be `{ column | expression, order, nulls, collation, opclass }`. `using` and `include` are PostgreSQL's. `concurrently` builds it on PostgreSQL without keeping writers out, outside the revision's transaction; SQLite has nothing like it and builds it as ever.",
    examples: [
      {
        run: (op) => op.createIndex('idx_builds_name', 'builds', ['name'], { where: 'event_id IS NOT NULL' }),
      },
      {
        title: 'While the service runs',
        run: (op) => op.createIndex('idx_builds_event_id', 'builds', ['event_id'], { concurrently: true }),
      },
    ],
  },
  dropIndex: {
    about: 'The table may be left out where the name of the index says enough.',
    examples: [{ run: (op) => op.dropIndex('idx_events_message_id', 'events') }],
  },
  createForeignKey: {
    about:
      'Rows that refer to nothing are `FOREIGN_KEY_VIOLATED`. `notValid` leaves the rows that are there unchecked on PostgreSQL until `validateConstraint`; SQLite checks them at once.',
    examples: [
      {
        run: (op) =>
          op.createForeignKey('fk_builds_event', 'builds', 'events', ['event_id'], ['id'], {
            onDelete: 'CASCADE',
          }),
      },
    ],
  },
  createUniqueConstraint: {
    about:
      'The name may be null: PostgreSQL then makes one up (`builds_name_key`), SQLite has none. `deferrable` lets rows be the same until the statement or the transaction ends; SQLite checks every row at once.',
    examples: [{ run: (op) => op.createUniqueConstraint('uq_builds_name', 'builds', ['name']) }],
  },
  createCheckConstraint: {
    about: '`notValid` leaves the rows that are there unchecked on PostgreSQL until `validateConstraint`.',
    examples: [{ run: (op) => op.createCheckConstraint('ck_events_state', 'events', 'state >= 0') }],
  },
  createPrimaryKey: {
    about: 'Its columns become NOT NULL.',
    examples: [
      {
        before: (op) =>
          op.createTable('pairs', [
            column('event_id', t.integer(), { nullable: false }),
            column('build_id', t.integer(), { nullable: false }),
          ]),
        run: (op) => op.createPrimaryKey('pk_pairs', 'pairs', ['event_id', 'build_id']),
      },
    ],
  },
  dropConstraint: {
    about:
      'Found by its name; where it has none on one of the databases, by `type` and `columns`, for a check by `sql`. Scripts that `freshmaker db migrate` writes give both.',
    examples: [
      {
        before: (op) => op.createUniqueConstraint('uq_builds_name', 'builds', ['name']),
        run: (op) => op.dropConstraint('uq_builds_name', 'builds', { type: 'unique', columns: ['name'] }),
      },
    ],
  },
  validateConstraint: {
    about:
      'Reads the rows that a `notValid` foreign key or check has not seen, on PostgreSQL outside the transaction and without keeping anybody out. SQLite has checked them before.',
    examples: [
      {
        before: (op) =>
          op.createCheckConstraint('ck_events_state', 'events', 'state >= 0', { notValid: true }),
        run: (op) => op.validateConstraint('ck_events_state', 'events'),
      },
    ],
  },
  createTableComment: {
    about:
      'In place of the comment the table has; an empty one is none. Renaming the table keeps it. `op.createTable` takes a `comment` of its own, and a column one in `column(…, { comment })` and `op.alterColumn`. SQLite has no comments.',
    examples: [
      { run: (op) => op.createTableComment('events', 'What the message bus has said') },
      {
        title: 'In place of another',
        before: (op) => op.createTableComment('events', 'What was said'),
        run: (op) => op.createTableComment('events', 'What the message bus has said'),
      },
    ],
  },
  dropTableComment: {
    about: 'Takes the comment off a table. SQLite has none.',
    examples: [
      {
        before: (op) => op.createTableComment('events', 'What the message bus has said'),
        run: (op) => op.dropTableComment('events'),
      },
    ],
  },
  execute: {
    about:
      'A statement of your own; one text for both databases, or one for each, and a database that is left out has nothing to do. It may not begin or end a transaction. The engine does not know what it changes: declare structure by the other operations.',
    examples: [
      { run: (op) => op.execute("UPDATE events SET note = '' WHERE note IS NULL") },
      {
        title: 'One for each database',
        run: (op) =>
          op.execute({
            sqlite: "UPDATE builds SET name = trim(name, ' ')",
            postgresql: 'UPDATE builds SET name = btrim(name)',
          }),
      },
    ],
  },
  bulkInsert: {
    about:
      'Any number of rows; a column that a row leaves out gets its default. A column that counts up goes on behind the numbers that rows give.',
    examples: [
      { run: (op) => op.bulkInsert('events', [{ message_id: 'a', state: 1 }, { message_id: 'b' }]) },
    ],
  },
  run: {
    about:
      "A data step: `db` is a Kysely instance inside the revision's transaction. `context.batches` walks a table by its key, `context.fail` and `context.irreversible` end the step and roll the revision back. With `{ transactional: false }` it runs outside the transaction, each batch one of its own; a run that was cut off goes on at the last one.",
    shows: ['RunContext', 'BatchOptions'],
    examples: [
      {
        run: (op) =>
          op.run<{ events: { state: number; note: string | null } }>(async (db) => {
            await db.updateTable('events').set({ note: 'done' }).where('state', '=', 2).execute();
          }),
      },
    ],
  },
  batchAlterTable: {
    about:
      'Groups changes to one table, for those who know it from Alembic. Not needed: changes to one table that follow each other share one rebuild anyway.',
    examples: [
      {
        run: (op) =>
          op.batchAlterTable('builds', (batch) => {
            batch.alterColumn('name', { type: t.string(100) });
            batch.createUniqueConstraint('uq_builds_name', ['name']);
          }),
      },
    ],
  },
  irreversible: {
    about:
      'For a direction that cannot be taken. Running it is refused (`IRREVERSIBLE`) before anything happens.',
    examples: [{ run: (op) => op.irreversible('The old notes are gone.') }],
  },
};
