import { apply } from '../../operations/apply.ts';
import type { Operation } from '../../operations/operation.ts';
import { Operations } from '../../operations/operations.ts';
import { t } from '../../schema/data-type.ts';
import { sql } from '../../schema/expression.ts';
import { emptySchema, type Schema } from '../../schema/schema.ts';
import { localize } from './localize.ts';

function localized(record: (op: Operations) => void, before: Schema = emptySchema): Operation[] {
  const op = new Operations();
  record(op);
  let schema = before;
  return op.recorded.map((operation) => {
    const local = localize(operation, schema);
    schema = apply(schema, local);
    return local;
  });
}

function schemaOf(record: (op: Operations) => void): Schema {
  return localized(record).reduce(apply, emptySchema);
}

const events = (op: Operations) =>
  op.createTable('Events', [
    op.column('Id', t.integer(), { primaryKey: true }),
    op.column('mood', t.enum('mood', ['happy', 'sad'])),
    op.column('twice', t.integer(), { generated: '"Id" * 2' }),
    op.column('Name', t.string(20)),
  ]);

function created(record: (op: Operations) => void) {
  const [operation] = localized(record);
  if (operation?.kind !== 'createTable') throw new Error('It creates no table.');
  return operation.definition;
}

describe('createTable', () => {
  test('leaves out what SQLite does not have', () => {
    const table = created((op) =>
      op.createTable(
        't',
        [
          op.column('id', t.bigInteger(), { primaryKey: true, autoincrement: 'identity', comment: 'no' }),
          op.column('at', t.dateTime({ timezone: true }), { serverDefault: sql('(CURRENT_TIMESTAMP)') }),
          op.column('mood', t.enum('mood', ['a', 'bcd'])),
          op.check(' id > 0 ', { notValid: true }),
        ],
        { comment: 'no' },
      ),
    );
    expect(table).toMatchObject({
      comment: null,
      columns: [
        { type: t.integer(), autoincrement: 'serial', nullable: false, comment: null },
        { type: t.dateTime(), serverDefault: sql('CURRENT_TIMESTAMP') },
        { type: t.string(3) },
      ],
      checks: [
        { expression: 'id > 0', notValid: false },
        { name: null, expression: `"mood" IN ('a', 'bcd')` },
      ],
    });
  });

  test.each([
    ['an integer key', t.integer(), false, 'serial', t.integer()],
    ['a bigger key that counts', t.bigInteger(), 'always', 'always', t.integer()],
    ['a bigger key that does not', t.bigInteger(), false, false, t.bigInteger()],
  ] as const)('%s', (_name, type, autoincrement, counts, becomes) => {
    const table = created((op) =>
      op.createTable('t', [op.column('id', type, { primaryKey: true, autoincrement })]),
    );
    expect(table.columns[0]).toMatchObject({ type: becomes, autoincrement: counts });
  });

  test('a STRICT table stores in SQLite’s own types', () => {
    const table = created((op) =>
      op.createTable(
        't',
        [
          op.column('id', t.integer(), { primaryKey: true }),
          op.column('at', t.dateTime()),
          op.column('ok', t.boolean()),
        ],
        { strict: true },
      ),
    );
    expect(table.columns.map((each) => each.type.kind)).toEqual(['integer', 'text', 'integer']);
  });

  test.each<[string, (op: Operations) => void, string, RegExp]>([
    [
      'a second counting column',
      (op) =>
        op.createTable('t', [
          op.column('id', t.integer(), { primaryKey: true }),
          op.column('n', t.integer(), { autoincrement: 'identity' }),
        ]),
      'OPERATION_NOT_SUPPORTED',
      /"n" of "t" cannot count up: it is not the primary key/,
    ],
    [
      'an exact number in a STRICT table',
      (op) => op.createTable('t', [op.column('n', t.numeric(10, 2))], { strict: true }),
      'OPERATION_NOT_SUPPORTED',
      /cannot be NUMERIC\(10, 2\)/,
    ],
    [
      'WITHOUT ROWID and no key',
      (op) => op.createTable('t', [op.column('n', t.text())], { withoutRowid: true }),
      'OPERATION_NOT_SUPPORTED',
      /WITHOUT ROWID/,
    ],
    [
      'columns that differ in case',
      (op) => op.createTable('t', [op.column('n', t.text()), op.column('N', t.text())]),
      'OPERATION_INVALID',
      /has a column "n" already/,
    ],
    [
      'tables that differ in case',
      (op) => {
        events(op);
        op.createTable('EVENTS', [op.column('n', t.text())]);
      },
      'OPERATION_INVALID',
      /The name "EVENTS" is taken: there is a table "Events"/,
    ],
  ])('%s is refused', (_name, record, code, message) => {
    expect(() => localized(record)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

describe('names are spelled as the schema spells them', () => {
  const before = schemaOf((op) => {
    events(op);
    op.createIndex('IX', 'Events', ['Name']);
    op.createUniqueConstraint('UQ', 'Events', ['Name']);
  });

  test.each<[string, (op: Operations) => void, object]>([
    ['dropColumn', (op) => op.dropColumn('events', 'NAME'), { table: 'Events', column: 'Name' }],
    ['renameTable', (op) => op.renameTable('EVENTS', 'events'), { table: 'Events', to: 'events' }],
    [
      'renameColumn',
      (op) => op.renameColumn('events', 'name', 'NAME'),
      { table: 'Events', column: 'Name', to: 'NAME' },
    ],
    ['dropIndex', (op) => op.dropIndex('ix'), { table: 'Events', name: 'IX' }],
    [
      'createForeignKey',
      (op) => op.createForeignKey(null, 'events', 'EVENTS', ['TWICE'], ['ID']),
      { table: 'Events', constraint: { refTable: 'Events', columns: ['twice'], refColumns: ['Id'] } },
    ],
    [
      'createIndex',
      (op) =>
        op.createIndex('iy', 'events', ['NAME', { expression: ' mood ' }], {
          include: ['Id'],
          using: 'hash',
        }),
      {
        table: 'Events',
        index: {
          columns: [{ column: 'Name' }, { column: 'mood', expression: null }],
          include: [],
          using: null,
        },
      },
    ],
    [
      'dropConstraint',
      (op) => op.dropConstraint(null, 'events', { type: 'unique', columns: ['Name'] }),
      { table: 'Events', name: 'UQ', type: 'unique' },
    ],
  ])('%s', (_name, record, expected) => {
    expect(localized(record, before)).toMatchObject([expected]);
  });
});

describe('alterColumn', () => {
  const before = schemaOf(events);
  const change = (record: (op: Operations) => void) => {
    const [operation] = localized(record, before);
    return operation?.kind === 'alterColumn' ? operation : null;
  };

  test.each<[string, (op: Operations) => void, object]>([
    ['a comment', (op) => op.alterColumn('Events', 'Name', { comment: 'x' }), {}],
    ['the type it has', (op) => op.alterColumn('Events', 'Name', { type: t.string(20), nullable: true }), {}],
    ['a bigger counting key', (op) => op.alterColumn('Events', 'Id', { type: t.bigInteger() }), {}],
    ['an identity', (op) => op.alterColumn('Events', 'Id', { autoincrement: 'identity' }), {}],
    [
      'a key that no longer counts',
      (op) => op.alterColumn('Events', 'Id', { type: t.text() }),
      { type: t.text(), autoincrement: false },
    ],
    ['a default', (op) => op.alterColumn('Events', 'Name', { serverDefault: true }), { serverDefault: 1 }],
    [
      'a type in a spelling of its own',
      (op) => op.alterColumn('Events', 'Name', { type: t.raw({ sqlite: 'varchar(9)', postgresql: 'x' }) }),
      { type: t.string(9), declared: 'varchar(9)' },
    ],
  ])('%s changes what differs', (_name, record, expected) => {
    expect(change(record)?.change).toEqual(expected);
  });

  test('an enumeration exchanges its check', () => {
    const operation = change((op) =>
      op.alterColumn('Events', 'mood', { type: t.enum('mood', ['happy', 'cross']) }),
    );
    expect(operation?.change).toEqual({});
    expect(operation?.typeChecks).toMatchObject({
      drop: [{ expression: `"mood" IN ('happy', 'sad')` }],
      add: [{ expression: `"mood" IN ('happy', 'cross')` }],
    });
  });

  test('a check that only looks like one stays', () => {
    const own = schemaOf((op) => {
      op.createTable('t', [op.column('a', t.string(20), { check: "a IN ('x', 'y')" })]);
    });
    const [operation] = localized((op) => op.alterColumn('t', 'a', { type: t.text() }), own);
    expect(operation).not.toHaveProperty('typeChecks');
  });

  test.each<[string, (op: Operations) => void, RegExp]>([
    [
      'a key that takes NULL',
      (op) => op.alterColumn('Events', 'Id', { type: t.text(), nullable: true }),
      /primary key/,
    ],
    [
      'a value for a computed column',
      (op) => op.alterColumn('Events', 'twice', { type: t.text(), using: '1' }),
      /computed/,
    ],
    [
      'a counting column that is no key',
      (op) => op.alterColumn('Events', 'Name', { autoincrement: 'serial' }),
      /cannot count up/,
    ],
  ])('%s is refused', (_name, record, message) => {
    expect(() => localized(record, before)).toThrow(message);
  });
});
