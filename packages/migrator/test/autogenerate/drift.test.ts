import { compare } from '../../src/autogenerate/compare.ts';
import { parseDecisions } from '../../src/autogenerate/decision-flags.ts';
import { changedByHand, compareScripts } from '../../src/autogenerate/drift.ts';
import { notCompared } from '../../src/autogenerate/not-compared.ts';
import { dialectOf } from '../../src/dialects/dialect-of.ts';
import { entitySchema } from '../../src/mikro-orm/entity-schema.ts';
import { apply } from '../../src/operations/apply.ts';
import { describeOperation } from '../../src/operations/describe.ts';
import { emptySchema } from '../../src/schema/schema.ts';
import { engines } from './engine.ts';
import { ormFor } from './orm.ts';
import { recorded } from './recorded.ts';
import { zoo } from './zoo.ts';

const history = recorded((op) => {
  op.createTable('events', [
    op.column('id', op.t.integer(), { primaryKey: true }),
    op.column('title', op.t.string(50), { unique: true }),
  ]);
  op.run(async () => {});
  op.createIndex('events_title_index', 'events', ['title']);
});

describe.each(['sqlite', 'postgresql'] as const)('models against the scripts, for %s', (name) => {
  const dialect = dialectOf(name);
  const end = history.reduce(apply, emptySchema);

  test('nothing differs when the scripts end where the models are', () => {
    expect(compareScripts({ models: end, history, dialect }).operations).toEqual([]);
  });

  test('what a new script would hold', () => {
    const models = [
      ...history,
      ...recorded((op) => op.addColumn('events', op.column('note', op.t.text()))),
    ].reduce(apply, emptySchema);
    const { operations } = compareScripts({ models, history, dialect });
    expect(operations.map((each) => describeOperation(each, end))).toEqual([
      { kind: 'addColumn', table: 'events', column: 'note', type: { kind: 'text' } },
    ]);
  });

  test('the zoo, whose script was made for the other database', async () => {
    const other = dialectOf(name === 'sqlite' ? 'postgresql' : 'sqlite');
    const models = await entitySchema(ormFor(name, zoo));
    const script = compare({ live: emptySchema, models, dialect: other }).operations;
    expect(compareScripts({ models, history: script, dialect }).operations).toEqual([]);
  });

  test('tables that only a step of its own makes are not known, and not in the way', () => {
    const own = recorded((op) => {
      op.execute('CREATE TABLE own (id INTEGER)');
      op.addColumn('own', op.column('x', op.t.integer()));
    });
    expect(compareScripts({ models: end, history: [...history, ...own], dialect }).operations).toEqual([]);
    const wrong = recorded((op) => op.addColumn('nothing', op.column('x', op.t.integer())));
    expect(() => compareScripts({ models: end, history: wrong, dialect })).toThrow('no table "nothing"');
  });
});

test('what no operation can change is said', () => {
  const dialect = dialectOf('sqlite');
  const applied = recorded((op) => {
    for (const name of ['plain', 'nobodys']) op.createTable(name, [op.column('id', op.t.integer())]);
    op.createTable('strict', [op.column('id', op.t.integer(), { primaryKey: true })], { strict: true });
  });
  const models = applied.slice(0, 1).concat(applied.slice(2)).reduce(apply, emptySchema);
  const live = applied.reduce(apply, emptySchema);
  const changed = live.tables.map((table) => ({ ...table, strict: !table.strict, withoutRowid: true }));
  expect(notCompared(live, models, applied, dialect)).toEqual([]);
  const opaque = { ...live, tables: changed.map((table) => ({ ...table, opaque: 'it sings' })) };
  expect(notCompared(opaque, models, applied, dialect)).toEqual([
    { table: 'plain', what: 'it sings' },
    { table: 'plain', what: 'it is STRICT' },
    { table: 'plain', what: 'it is WITHOUT ROWID' },
    { table: 'strict', what: 'it sings' },
    { table: 'strict', what: 'it is not STRICT' },
    { table: 'strict', what: 'it is WITHOUT ROWID' },
  ]);
});

test('names that SQLite alone takes for the same are asked for, and taken for renames', () => {
  const dialect = dialectOf('sqlite');
  const models = [
    ...history,
    ...recorded((op) => {
      op.renameColumn('events', 'title', 'Title');
      op.renameTable('events', 'Events');
    }),
  ].reduce(apply, emptySchema);
  const { operations, ambiguities } = compareScripts({ models, history, dialect });
  expect(operations).toEqual([
    { kind: 'renameTable', table: 'events', to: 'Events' },
    { kind: 'renameColumn', table: 'Events', column: 'title', to: 'Title' },
  ]);
  expect(ambiguities.map(({ choices }) => choices.map(({ flag }) => flag.join(' ')))).toEqual([
    ['--rename events:Events'],
    ['--rename Events.title:Title'],
  ]);
  const decisions = parseDecisions({ rename: ['events:Events', 'Events.title:Title'] });
  const live = [...history].reduce(
    (schema, each) => apply(schema, dialect.localize(each, schema)),
    emptySchema,
  );
  expect(compare({ live, models, dialect, history, decisions })).toMatchObject({
    operations,
    ambiguities: [],
  });
});

describe('comments on tables', () => {
  const models = [...history, ...recorded((op) => op.createTableComment('events', "it's what"))].reduce(
    apply,
    emptySchema,
  );

  test.each([
    ['sqlite', []],
    ['postgresql', [{ kind: 'createTableComment', table: 'events', comment: "it's what" }]],
  ] as const)('models against the scripts, for %s', (name, found) => {
    const { operations, before } = compareScripts({ models, history, dialect: dialectOf(name) });
    expect(operations.map((each) => describeOperation(each, before))).toEqual(found);
  });

  test.each(['sqlite', 'postgresql'] as const)('a script that says it is known, for %s', (name) => {
    const dialect = dialectOf(name);
    const said = [
      ...history,
      ...recorded((op) => {
        op.createTableComment('events', 'first');
        op.renameTable('events', 'happenings');
        op.createTableComment('happenings', "it's what");
        op.renameTable('happenings', 'events');
      }),
    ];
    expect(compareScripts({ models, history: said, dialect }).operations).toEqual([]);
  });

  test('a table that is made anew keeps its comment for the other database', () => {
    const { operations } = compareScripts({ models, history: [], dialect: dialectOf('sqlite') });
    expect(operations).toMatchObject([{ kind: 'createTable', definition: { comment: "it's what" } }, {}]);
    const live = compare({
      live: emptySchema,
      models,
      dialect: dialectOf('sqlite'),
      history: [...history, ...recorded((op) => op.createTableComment('events', "it's what"))],
    });
    expect(live.operations).toMatchObject([
      { kind: 'createTable', definition: { comment: "it's what" } },
      {},
    ]);
  });
});

describe.each(engines)('a database changed by hand, on $name', ({ dialect, lend }) => {
  test('is told apart, with the statements that undo it', () =>
    lend(async (database) => {
      await database.migrate(history.filter((each) => each.kind !== 'run'));
      const untouched = changedByHand({ live: await database.inspect(), applied: history, dialect });
      expect(untouched).toEqual({ operations: [], statements: [] });

      await database.byHand('DROP INDEX events_title_index', 'CREATE TABLE extra (id INTEGER)');
      const live = await database.inspect();
      const found = changedByHand({ live, applied: history, dialect });
      expect(found.operations.map(({ kind }) => kind)).toEqual(['dropTable', 'createIndex']);
      expect(found.statements.join('\n')).toMatch(/DROP TABLE .*"extra"/);
      expect(found.statements.join('\n')).toMatch(/CREATE INDEX "events_title_index" ON "events"/);
    }));

  test('so are comments on tables and columns, where there are any', () =>
    lend(async (database) => {
      const said = [
        ...history.filter((each) => each.kind !== 'run'),
        ...recorded((op) => {
          op.createTableComment('events', 'as written');
          op.alterColumn('events', 'title', { comment: 'as written' });
        }),
      ];
      await database.migrate(said);
      const untouched = changedByHand({ live: await database.inspect(), applied: said, dialect });
      expect(untouched).toEqual({ operations: [], statements: [] });
      if (dialect.name === 'sqlite') return;

      await database.byHand(
        "COMMENT ON TABLE events IS 'by hand'",
        'COMMENT ON COLUMN events.title IS NULL',
        "COMMENT ON COLUMN events.id IS 'by hand'",
      );
      const found = changedByHand({ live: await database.inspect(), applied: said, dialect });
      expect(found.statements).toEqual([
        `COMMENT ON COLUMN "events"."id" IS NULL`,
        `COMMENT ON COLUMN "events"."title" IS 'as written'`,
        `COMMENT ON TABLE "events" IS 'as written'`,
      ]);
    }));
});
