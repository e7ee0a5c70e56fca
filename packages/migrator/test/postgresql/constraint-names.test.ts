import { postgresqlServers } from '../../../../tooling/jest/postgresql.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { constraintsOf } from '../../src/operations/create-constraint.ts';
import type { SchemaOperation } from '../../src/operations/operation.ts';
import type { Operations } from '../../src/operations/operations.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { localizeAll, record, run, withDatabase } from './database.ts';

function key(op: Operations, name = 'id') {
  return op.column(name, op.t.integer(), { primaryKey: true });
}

/** Tables whose constraints have no names. */
const scripts: readonly (readonly [string, (op: Operations) => void])[] = [
  [
    'plain names',
    (op) =>
      op.createTable('users', [
        key(op),
        op.column('name', op.t.string(), { unique: true, check: "name <> ''" }),
        op.column('boss_id', op.t.integer()),
        op.foreignKey(['boss_id'], 'users', ['id']),
      ]),
  ],
  [
    'checks on no, one and several columns, and twice on one',
    (op) =>
      op.createTable('a', [
        op.column('x', op.t.integer()),
        op.column('y', op.t.integer()),
        op.check('true'),
        op.check('x > 0'),
        op.check('x < y'),
        op.check('x + x < 100'),
        op.check('1 > 0'),
      ]),
  ],
  [
    'names cut to 63 bytes, in several tables',
    (op) => {
      for (const end of ['one', 'two']) {
        op.createTable(`a_table_with_quite_a_long_name_that_goes_on_and_on_${end}`, [
          key(op, 'a_column_with_quite_a_long_name_too'),
          op.column('another_column_with_quite_a_long_name', op.t.integer(), {
            unique: true,
            check: 'another_column_with_quite_a_long_name > 0',
          }),
          op.foreignKey(
            ['another_column_with_quite_a_long_name'],
            `a_table_with_quite_a_long_name_that_goes_on_and_on_${end}`,
            ['a_column_with_quite_a_long_name_too'],
          ),
        ]);
      }
    },
  ],
  [
    'names cut within letters of several bytes',
    (op) =>
      op.createTable('große_ßtraßen_mit_ümläuten_überall_ö', [
        key(op, 'nümmer_äöüß_äöüß_äöüß_äöüß'),
        op.column('名前名前名前名前名前名前名前名前', op.t.string(), { unique: true }),
        op.column('🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈x', op.t.string(), { check: `"🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈🎈x" <> ''` }),
      ]),
  ],
  [
    'many columns in one key',
    (op) => {
      const names = Array.from({ length: 12 }, (_, at) => `column_number_${at}`);
      op.createTable('wide', [
        ...names.map((name) => op.column(name, op.t.integer())),
        op.unique(names.toReversed()),
        op.unique(names.toSpliced(3, 1)),
        op.primaryKey(names),
      ]);
    },
  ],
  [
    'names that tables, indexes and other constraints have already',
    (op) => {
      op.createTable('a_pkey', [key(op)]);
      op.createTable('a', [
        key(op),
        op.column('b', op.t.integer(), { unique: true, check: 'b > 0' }),
        op.check('b < 9', { name: 'taken_check' }),
      ]);
      op.createIndex('c_b_key', 'a', ['b']);
      op.createTable('c', [key(op), op.column('b', op.t.integer(), { unique: true })]);
      op.createTable('c_b', [op.column('b', op.t.integer()), op.check('b > 0', { name: 'd_b_check' })]);
      op.createTable('d', [op.column('b', op.t.integer(), { check: 'b > 0' })]);
      op.renameTable('d', 'e');
      op.createTable('d', [op.column('b', op.t.integer(), { check: 'b > 0' }), key(op)]);
    },
  ],
  [
    'columns and constraints added later',
    (op) => {
      op.createTable('a', [op.column('x', op.t.integer()), op.column('y', op.t.integer())]);
      op.addColumn('a', op.column('z', op.t.integer(), { unique: true, check: 'z > x' }));
      op.createPrimaryKey(null, 'a', ['x']);
      op.createUniqueConstraint(null, 'a', ['x', 'y']);
      op.createForeignKey(null, 'a', 'a', ['y'], ['x']);
      op.createForeignKey(null, 'a', 'a', ['y'], ['x']);
      op.createCheckConstraint(null, 'a', 'x > 0 OR y > 0');
    },
  ],
];

function names(schema: Schema): unknown {
  const all = schema.tables.map((table) => [
    table.name,
    constraintsOf(table)
      .map(({ kind, name }) => `${kind} ${name}`)
      .sort(),
  ]);
  return Object.fromEntries(all);
}

describe.each(postgresqlServers())('$name', (server) => {
  test.each(scripts)('foretells the names of constraints: %s', async (_, script) => {
    await withDatabase(server, async (session) => {
      // As recorded, without the names that `localize` fills in: the server chooses.
      const recorded = record(script) as readonly SchemaOperation[];
      const { after, operations } = localizeAll(recorded, emptySchema);
      let schema = emptySchema;
      for (const [at, operation] of recorded.entries()) {
        for (const { sql } of postgresqlDialect.compile([operation], schema).statements)
          await session.query(sql);
        schema = localizeAll(operations.slice(at, at + 1), schema).after;
      }
      expect(names(await postgresqlDialect.inspect(session))).toEqual(names(after));
    });
  });

  test('of several keys on the same columns, one without a name goes where another is', async () => {
    await withDatabase(server, async (session) => {
      await session.query(
        'CREATE TABLE a (id integer PRIMARY KEY UNIQUE, b integer UNIQUE, c integer UNIQUE, UNIQUE (c),' +
          ' CONSTRAINT uq_b UNIQUE (b))',
      );
      const { after } = localizeAll(
        record((op) =>
          op.createTable('a', [
            op.column('id', op.t.integer(), { primaryKey: true, unique: true }),
            op.column('b', op.t.integer(), { unique: true }),
            op.column('c', op.t.integer(), { unique: true }),
            op.unique(['c']),
            op.unique(['b'], { name: 'uq_b' }),
          ]),
        ),
        emptySchema,
      );
      expect(names(after)).toEqual(names(await postgresqlDialect.inspect(session)));
    });
  });

  test('of several keys on the same columns, those with names all stay', async () => {
    await withDatabase(server, async (session) => {
      const script = record((op) =>
        op.createTable('a', [
          key(op),
          op.unique(['id'], { name: 'uq_1' }),
          op.unique(['id'], { name: 'uq_2' }),
        ]),
      );
      const after = await run(session, script, emptySchema);
      expect(names(await postgresqlDialect.inspect(session))).toEqual(names(after));
      expect(after.tables[0]?.uniques).toHaveLength(2);
    });
  });

  test('a name that fits none is refused before anything runs', () => {
    const long = 'x'.repeat(64);
    const refused: ((op: Operations) => void)[] = [
      (op) => op.createTable(long, [key(op)]),
      (op) => op.createTable('a', [key(op, 'ü'.repeat(32))]),
      (op) => op.createTable('a', [key(op), op.check('true', { name: long })]),
      (op) => op.createTable('a', [op.column('b', op.t.enum(long, ['x']))]),
      (op) => op.createTable('a', [op.column('b', op.t.enum('m', [long]))]),
      (op) => [op.createTable('a', [key(op)]), op.renameTable('a', long)],
      (op) => [op.createTable('a', [key(op)]), op.renameColumn('a', 'id', long)],
      (op) => [op.createTable('a', [key(op)]), op.addColumn('a', op.column(long, op.t.text()))],
      (op) => [op.createTable('a', [key(op)]), op.createIndex(long, 'a', ['id'])],
      (op) => [op.createTable('a', [key(op)]), op.createUniqueConstraint(long, 'a', ['id'])],
    ];
    for (const script of refused) {
      expect(() => localizeAll(record(script), emptySchema)).toThrow(/The name "/);
    }
  });
});
