import type { Operations } from '../src/operations/operations.ts';
import { comparable, recorded, SqliteDatabase } from './sqlite-database.ts';

function stored(setup: string, definitions: Readonly<Record<string, string>>): SqliteDatabase {
  const database = new SqliteDatabase(setup);
  database.store(definitions);
  return database;
}

const setup = `
  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c TEXT);
  CREATE INDEX ix ON t (a);
  CREATE TABLE other (id INTEGER PRIMARY KEY, x TEXT, y TEXT);
  CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE, note TEXT);
  CREATE TRIGGER follow AFTER INSERT ON child BEGIN UPDATE t SET a = a WHERE id = NEW.t_id; END;
  INSERT INTO t VALUES (1, 'text', 2, 'x'), (2, 'it''s', 3, NULL);
  INSERT INTO child (id, t_id) VALUES (1, 1), (2, 2);
`;

const definitions = {
  t: `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c TEXT, CHECK ("a" = "text" OR "a" = "it's" OR a = "say ""so"""))`,
  child:
    'CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE, note TEXT DEFAULT "n" CHECK (note <> "x"))',
  ix: 'CREATE INDEX ix ON t ("a", lower(c || "rowid")) WHERE "a" <> "none"',
};

describe('a table with texts in double quotes', () => {
  test.each<[string, (op: Operations) => void]>([
    ['is rebuilt', (op) => op.alterColumn('t', 'b', { type: op.t.text() })],
    ['gets a column that is called as a text', (op) => op.addColumn('t', op.column('text', op.t.text()))],
    ['has its column renamed so', (op) => op.renameColumn('t', 'b', 'text')],
    ['is renamed', (op) => op.renameTable('t', 'text')],
    ['loses a column', (op) => op.dropColumn('t', 'b')],
    ['stands beside one that is renamed', (op) => op.renameTable('other', 'another')],
    ['stands beside one whose column is renamed', (op) => op.renameColumn('other', 'x', 'text')],
    ['stands beside one that loses a column', (op) => op.dropColumn('other', 'y')],
    ['stands beside one that is rebuilt', (op) => op.alterColumn('other', 'y', { serverDefault: 'y' })],
    [
      'gets an index that is called as it was',
      (op) => {
        op.renameTable('t', 'things');
        op.alterColumn('things', 'b', { type: op.t.text() });
        op.createIndex('t', 'things', ['b']);
      },
    ],
    [
      'has all of it done',
      (op) => {
        op.renameColumn('other', 'x', 'none');
        op.renameColumn('t', 'b', 'none');
        op.addColumn('t', op.column('text', op.t.text()));
        op.createUniqueConstraint(null, 't', ['a', 'none']);
        op.renameTable('t', "it's");
      },
    ],
  ])('%s', async (_, change) => {
    using database = stored(setup, definitions);
    const { schema } = await database.migrate(recorded(change));
    const found = await database.inspect();
    const plain = ({ tables }: typeof found) => ({
      ...found,
      tables: tables.map(({ hasQuotedTexts: _, ...table }) => table),
    });
    expect(comparable(found)).toEqual(comparable(plain(schema)));
    const { name } = found.tables.find((each) => each.columns.some((column) => column.name === 'c')) ?? {
      name: '',
    };
    expect(database.raw.prepare(`SELECT id, a, c FROM "${name}"`).raw().all()).toEqual([
      [1, 'text', 'x'],
      [2, "it's", null],
    ]);
    expect(database.contents('child')).toHaveLength(2);
    const insert = database.raw.prepare(`INSERT INTO "${name}" (a) VALUES (?)`);
    insert.run('say "so"');
    expect(() => insert.run('tex')).toThrow('CHECK constraint failed');
    expect(database.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  test('is left as it is by what does not ask for more', async () => {
    using database = stored(setup, definitions);
    const sql = () => database.raw.prepare("SELECT sql FROM sqlite_schema WHERE name = 't'").pluck().get();
    const before = sql();
    await database.migrate(
      recorded((op) => {
        op.addColumn('other', op.column('text', op.t.text()));
        op.createIndex('ix_b', 't', ['b']);
      }),
    );
    expect(sql()).toBe(before);
  });

  test('loses such a check by the words it is written in', async () => {
    using database = stored(setup, {
      t: `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c TEXT, CHECK (t."a" <> "x"))`,
    });
    await database.migrate(
      recorded((op) => op.dropConstraint(null, 't', { type: 'check', sql: 't."a" <> "x"' })),
    );
    expect((await database.inspect()).tables.flatMap((each) => each.checks)).toEqual([]);
  });
});

describe('a table is rebuilt once, though several have texts in double quotes', () => {
  test.each<[string, (op: Operations) => void, readonly string[]]>([
    ['one is changed', (op) => op.alterColumn('t', 'b', { type: op.t.text() }), ['t', 'child']],
    [
      'both are changed, many a time',
      (op) => {
        op.alterColumn('t', 'b', { type: op.t.text() });
        op.createUniqueConstraint(null, 'child', ['note']);
        op.alterColumn('t', 'c', { serverDefault: 'c' });
      },
      ['t', 'child'],
    ],
    [
      'others are renamed before',
      (op) => {
        op.renameTable('other', 'another');
        op.renameColumn('another', 'x', 'text');
        op.alterColumn('t', 'b', { type: op.t.text() });
      },
      ['t', 'child'],
    ],
    [
      'they are renamed themselves before',
      (op) => {
        op.renameTable('t', 'things');
        op.renameColumn('things', 'b', 'text');
        op.alterColumn('things', 'text', { type: op.t.text() });
        op.addColumn('child', op.column('b', op.t.integer(), { serverDefault: 1 }));
      },
      ['t', 'child'],
    ],
    [
      'others are rebuilt, and lose columns',
      (op) => {
        op.dropColumn('other', 'y');
        op.dropColumn('t', 'b');
        op.alterColumn('other', 'x', { serverDefault: 'x' });
        op.dropColumn('child', 'note');
      },
      ['t', 'child', 'other'],
    ],
    [
      'one is dropped before any is rebuilt',
      (op) => {
        op.dropTable('child');
        op.alterColumn('t', 'b', { type: op.t.text() });
      },
      ['t'],
    ],
    [
      'nothing turns out to need it',
      (op) => {
        op.addColumn('other', op.column('t_id', op.t.integer()));
        op.createForeignKey(null, 'other', 't', ['t_id'], ['id']);
      },
      [],
    ],
  ])('%s', async (_, change, rebuilds) => {
    using database = stored(setup, definitions);
    database.raw.exec(
      'CREATE VIEW both AS SELECT t.a, child.id FROM child JOIN t ON t.id = child.t_id; DROP TRIGGER follow;',
    );
    database.raw.exec('CREATE TRIGGER also AFTER DELETE ON child BEGIN SELECT a FROM both; END');
    if (!rebuilds.includes('child')) database.raw.exec('DROP VIEW both; DROP TRIGGER also;');
    const { compiled } = await database.migrate(recorded(change));
    expect(compiled.rebuilds.toSorted()).toEqual(rebuilds.toSorted());
    const copies = compiled.statements.filter((each) => each.sql.startsWith('INSERT INTO "_new_'));
    expect(copies).toHaveLength(rebuilds.length);
    const found = await database.inspect();
    expect(found.tables.some((each) => each.hasQuotedTexts)).toBe(rebuilds.length === 0);
    expect(database.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });
});

test('a computed column keeps its text, and names that are none of columns stay names', async () => {
  using database = stored(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, g TEXT AS (a || 'x'), CHECK (a <> 'n'));
     INSERT INTO t (id, a) VALUES (1, 'y');`,
    {
      t: `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, g TEXT AS ("lower"(CAST("a" AS "text")) || "x" COLLATE "nocase"), CHECK ("rowid" <> "no" AND main.t.a <> "n"))`,
    },
  );
  await database.migrate(recorded((op) => op.alterColumn('t', 'b', { type: op.t.text() })));
  const [table] = (await database.inspect()).tables;
  expect(table?.columns.at(-1)?.generated?.expression).toBe(
    `"lower"(CAST("a" AS "text")) || 'x' COLLATE "nocase"`,
  );
  expect(table?.checks.map((each) => each.expression)).toEqual([`"rowid" <> 'no' AND a <> 'n'`]);
  expect(database.raw.prepare('SELECT g FROM t').pluck().get()).toBe('yx');
});

test('a check and a computed column may name their table, when they are made and when they are kept', async () => {
  using database = new SqliteDatabase(
    `CREATE TABLE "a t" (id INTEGER PRIMARY KEY, b INTEGER CHECK ("a t".b > 0), CHECK (main."a t"."id" < 9 /* why */));
     INSERT INTO "a t" VALUES (1, 2);`,
  );
  const { schema } = await database.migrate(
    recorded((op) => {
      op.createCheckConstraint('ck', 'a t', '"A T".b < 7');
      op.addColumn('a t', op.column('twice', op.t.integer(), { generated: '"a t".b * 2' }));
    }),
  );
  const found = await database.inspect();
  expect(comparable(found)).toEqual(comparable(schema));
  expect(found.tables[0]?.checks.map((each) => each.expression)).toEqual([
    '"id" < 9 /* why */',
    'b > 0',
    'b < 7',
  ]);
  expect(database.raw.prepare('SELECT twice FROM "a t"').pluck().get()).toBe(4);
});
