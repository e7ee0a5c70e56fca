import { readFileSync } from 'node:fs';
import { defineEntity, p } from '@mikro-orm/core';
import type { MikroORM as SqlOrm } from '@mikro-orm/sql';
import fc from 'fast-check';
import { Author } from '../../../../examples/mikro-orm-project/src/entities/author.ts';
import { Book } from '../../../../examples/mikro-orm-project/src/entities/book.ts';
import { Loan } from '../../../../examples/mikro-orm-project/src/entities/loan.ts';
import { compare } from '../../src/autogenerate/compare.ts';
import { downgradeOf } from '../../src/autogenerate/downgrade.ts';
import { changedByHand } from '../../src/autogenerate/drift.ts';
import { compareDatabase } from '../../src/autogenerate/from-database.ts';
import { renderScript } from '../../src/autogenerate/render-script.ts';
import { postgresqlDialect } from '../../src/dialects/postgresql/dialect.ts';
import { normalizeSchema } from '../../src/dialects/postgresql/normalize-schema.ts';
import { apply } from '../../src/operations/apply.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { emptySchema, type Schema } from '../../src/schema/schema.ts';
import { emptyTable } from '../../src/schema/table.ts';
import { arbitrarySchema } from './arbitrary-schema.ts';
import { type Engine, engines, type TestDatabase } from './engine.ts';
import { hardTables } from './hard-tables.ts';
import { ormFor } from './orm.ts';
import { recorded } from './recorded.ts';
import { scriptOperations } from './script-operations.ts';

const Pet = defineEntity({
  name: 'Pet',
  properties: {
    id: p.integer().primary(),
    kind: p.enum(['cat', 'dog']).default('cat'),
    mother: () => p.manyToOne(Pet).nullable(),
    friends: () => p.manyToMany(Pet),
    born: p.datetime().nullable(),
    weight: p.decimal().precision(6).scale(2).nullable(),
    tags: p.array().nullable(),
    notes: p.json().nullable(),
  },
});

/** The example's entities, and one with all the rest. */
const library = [Author, Book, Loan, Pet];

/** What an operation can make of a schema: no words of SQLite's, no order but that of columns. */
function comparable(schema: Schema): unknown {
  const { tables, enums } = normalizeSchema(schema);
  const byName = tables.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return {
    enums,
    tables: byName.map(
      ({ remarks: _, hasQuotedTexts: __, dependents: ___, columns, primaryKey, ...table }) => ({
        ...table,
        columns: columns.map(({ declared: _, dependents: __, ...column }) => ({
          ...column,
          // A key takes no NULL; only SQLite does not always say so.
          nullable: column.nullable && !primaryKey?.columns.includes(column.name),
        })),
        primaryKey,
        foreignKeys: table.foreignKeys.toSorted((left, right) =>
          JSON.stringify(left) < JSON.stringify(right) ? -1 : 1,
        ),
      }),
    ),
  };
}

async function script(live: Schema, history: readonly Operation[], { dialect }: Engine) {
  const comparison = compareDatabase({ live, history, dialect });
  expect(comparison.ambiguities).toEqual([]);
  const text = renderScript({
    revision: '1975ea83b712',
    downRevisions: [],
    message: 'Begin',
    createDate: '2026-01-01 00:00:00.000000',
    upgrade: comparison.operations,
    downgrade: downgradeOf(comparison),
  });
  return { ...(await scriptOperations(text)), notWritten: comparison.notWritten };
}

/** The laws of a script that is written from a database, which `fill` makes. */
async function holds(engine: Engine, fill: (database: TestDatabase) => Promise<void>): Promise<Schema> {
  const live = await engine.lend(async (database) => {
    await fill(database);
    return database.inspect();
  });
  const { upgrade, downgrade } = await script(live, [], engine);
  expect(changedByHand({ live, applied: upgrade, dialect: engine.dialect })).toEqual({
    operations: [],
    statements: [],
  });
  expect((await script(live, upgrade, engine)).upgrade).toEqual([]);
  await engine.lend(async (database) => {
    await database.migrate(upgrade);
    expect(comparable(await database.inspect())).toEqual(comparable(live));
    await database.migrate(downgrade);
    expect(await database.inspect()).toMatchObject({ tables: [], enums: [] });
  });
  return live;
}

describe.each(engines)('a script from a database, on $name', (engine) => {
  const { dialect } = engine;

  test.each(Object.entries(hardTables[dialect.name]))('%s', async (_, sql) => {
    const live = await holds(engine, (database) => database.byHand(sql));
    expect(live.tables.map((each) => each.opaque)).toEqual(live.tables.map(() => null));
  });

  test('as MikroORM makes it', async () => {
    const orm = ormFor(dialect.name, library) as SqlOrm;
    const sql = await orm.schema.getCreateSchemaSQL({ wrap: false });
    const live = await holds(engine, (database) => database.byHand(sql));
    expect(live.tables).toHaveLength(5);
  });

  test('of any tables', async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySchema, async (models) => {
        const { operations } = compare({ live: emptySchema, models, dialect });
        await holds(engine, (database) => database.migrate(operations));
      }),
      { numRuns: dialect.name === 'sqlite' ? 40 : 8, includeErrorInReport: true },
    );
  });

  test('as the Python service made it', async () => {
    const dump = new URL(
      `../../../models/test/oracle/databases/${dialect.name}-at-head.sql`,
      import.meta.url,
    );
    const live = await holds(engine, (database) =>
      database.byHand(
        readFileSync(dump, 'utf8'),
        ...(dialect.name === 'postgresql' ? ['SET search_path TO public'] : []),
      ),
    );
    expect(live.tables.length).toBeGreaterThan(2);
  });
});

test('a table that is left out, and to which others refer, is named', () => {
  const operations = recorded((op) => {
    op.createTable('pet', [op.column('id', op.t.integer()), op.foreignKey(['id'], 'owner', ['id'])]);
    op.createTable('toy', [op.column('id', op.t.integer()), op.foreignKey(['id'], 'pet', ['id'])]);
  });
  const live = operations.reduce(apply, emptySchema);
  const { notWritten } = compareDatabase({ live, history: [], dialect: postgresqlDialect });
  expect(notWritten).toEqual([{ table: 'owner', what: '"pet" refers to it' }]);
  const history = recorded((op) => op.createTable('owner', [op.column('id', op.t.integer())]));
  const exclude = (table: string) => table === 'owner';
  expect(compareDatabase({ live, history, dialect: postgresqlDialect, exclude }).notWritten).toEqual([]);
});

test('what no operation makes is said, unless a script has its own words for it', () => {
  const live: Schema = {
    ...emptySchema,
    tables: [
      { ...emptyTable, name: 't', columns: [], opaque: '"t_x" is no constraint of a kind that is known' },
    ],
    views: [
      { name: 'seen', sql: '' },
      { name: 'made', sql: '' },
    ],
    triggers: [{ name: 'bell', table: 't', sql: '' }],
    enums: [{ name: 'mood', values: ['ok'] }],
  };
  const history = recorded((op) => {
    op.createTable('t', [op.column('id', op.t.integer())]);
    op.execute('CREATE VIEW made AS SELECT 1');
  });
  expect(
    compareDatabase({ live: { ...live, tables: [] }, history: [], dialect: postgresqlDialect }).notWritten,
  ).toEqual([
    { table: 'seen', what: 'it is a view' },
    { table: 'made', what: 'it is a view' },
    { table: 't', what: 'its trigger "bell"' },
    { table: 'mood', what: 'it is an enumeration that is the type of no column' },
  ]);
  const { notWritten } = compareDatabase({ live, history, dialect: postgresqlDialect });
  expect(notWritten.map(({ table }) => table)).toEqual(['t', 'seen', 't', 'mood']);
});

describe.each(engines)('the same script, made on $name, on the other database', (engine) => {
  const others = engines.filter((each) => each.dialect !== engine.dialect).slice(0, 1);

  test.each(
    others.flatMap((other) =>
      Object.entries(hardTables[engine.dialect.name]).flatMap(([name, sql]) =>
        // Their expressions are in the words of one database.
        name.includes('own words') ? [] : [{ name, sql, other }],
      ),
    ),
  )('$name', async ({ sql, other }) => {
    const live = await engine.lend(async (database) => {
      await database.byHand(sql);
      return database.inspect();
    });
    const { upgrade, downgrade } = await script(live, [], engine);
    await other.lend(async (database) => {
      await database.migrate(upgrade);
      const there = await database.inspect();
      const localized = upgrade.reduce<Schema>(
        (schema, each) => apply(schema, other.dialect.localize(each, schema)),
        emptySchema,
      );
      expect(comparable(there)).toEqual(comparable(localized));
      expect(changedByHand({ live: there, applied: upgrade, dialect: other.dialect }).operations).toEqual([]);
      await database.migrate(downgrade);
      expect((await database.inspect()).tables).toEqual([]);
    });
  });
});
