import { sqliteDialect } from '../src/dialects/sqlite/dialect.ts';
import type { Session } from '../src/driver/driver.ts';
import { findTable } from '../src/schema/schema.ts';
import { recorded, SqliteDatabase, sessionOf } from './sqlite-database.ts';

/** Counts what is asked, and fails on anything that writes. */
function reading(database: SqliteDatabase): { session: Session; asked: string[] } {
  const asked: string[] = [];
  const session = sessionOf(database.raw);
  return {
    asked,
    session: {
      ...session,
      query: (sql, parameters) => {
        asked.push(sql);
        expect(database.raw.prepare(sql).readonly).toBe(true);
        return session.query(sql, parameters);
      },
    },
  };
}

test('asks as often for a hundred tables as for one', async () => {
  const tables = (count: number) =>
    Array.from(
      { length: count },
      (_, at) => `CREATE TABLE t${at} (id INTEGER PRIMARY KEY, a TEXT UNIQUE)`,
    ).join(';');
  using one = new SqliteDatabase(tables(1));
  using many = new SqliteDatabase(tables(100));
  const [first, second] = [reading(one), reading(many)];
  await sqliteDialect.inspect(first.session);
  const schema = await sqliteDialect.inspect(second.session);
  expect(schema.tables).toHaveLength(100);
  expect(second.asked).toEqual(first.asked);
});

test('leaves out what is SQLite’s own, and virtual tables with their shadows', async () => {
  using database = new SqliteDatabase(`
    CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE);
    CREATE INDEX ix ON t (a);
    CREATE VIRTUAL TABLE search USING fts5 (a);
    CREATE TABLE sqliteish (a TEXT);
    ANALYZE;
  `);
  const schema = await database.inspect();
  expect(schema.tables.map((table) => [table.name, table.indexes.map((index) => index.name)])).toEqual([
    ['t', ['ix']],
    ['sqliteish', []],
  ]);
});

test('leaves out the tables it is told to, with their triggers', async () => {
  using database = new SqliteDatabase(`
    CREATE TABLE t (a TEXT); CREATE TABLE u (a TEXT);
    CREATE VIEW v AS SELECT a FROM t;
    CREATE TRIGGER on_t AFTER INSERT ON T BEGIN SELECT 1; END;
    CREATE TRIGGER on_u AFTER INSERT ON u BEGIN SELECT 1; END;
    CREATE TRIGGER on_v INSTEAD OF INSERT ON v BEGIN SELECT 1; END;
  `);
  const { session } = reading(database);
  const schema = await sqliteDialect.inspect(session, { exclude: (table) => table === 'u' });
  expect(schema.tables.map((table) => table.name)).toEqual(['t']);
  expect(schema.triggers.map((trigger) => [trigger.name, trigger.table])).toEqual([
    ['on_t', 't'],
    ['on_v', 'v'],
  ]);
  expect(schema.views).toEqual([{ name: 'v', sql: 'CREATE VIEW v AS SELECT a FROM t' }]);
});

test('spells what foreign keys point to as it is called', async () => {
  using database = new SqliteDatabase(`
    CREATE TABLE Parents (A INTEGER, b TEXT, PRIMARY KEY (b, A));
    CREATE TABLE children (x TEXT, y INTEGER, z INTEGER REFERENCES missing, FOREIGN KEY (X, Y) REFERENCES PARENTS,
      FOREIGN KEY (y, x) REFERENCES parents (a, B));
  `);
  const children = findTable(await database.inspect(), 'children');
  expect(children?.foreignKeys).toMatchObject([
    { columns: ['x', 'y'], refTable: 'Parents', refColumns: ['b', 'A'] },
    { columns: ['y', 'x'], refTable: 'Parents', refColumns: ['A', 'b'] },
    { columns: ['z'], refTable: 'missing', refColumns: [] },
  ]);
});

describe('a definition it does not understand', () => {
  async function withStoredText(text: string) {
    const database = new SqliteDatabase(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9) NOT NULL DEFAULT 'x', b INTEGER AS (id) STORED)",
    );
    database.raw.unsafeMode();
    database.raw.pragma('writable_schema = ON');
    database.raw.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 't'").run(text);
    return database;
  }

  // SQLite itself goes on with what it has read before.
  test.each([
    [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9) NOT NULL DEFAULT 'x') SOMEHOW",
      /"SOMEHOW" is no table option/,
    ],
    ['CREATE TABLE t (id INTEGER PRIMARY KEY)', /the number of its columns/],
    [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x', b INTEGER AS (id) STORED)",
      /the type of column "a"/,
    ],
    [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9) DEFAULT 'x', b INTEGER AS (id) STORED)",
      /the NOT NULL of column "a"/,
    ],
    [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9) NOT NULL DEFAULT 'y', b INTEGER AS (id) STORED)",
      /the default of column "a"/,
    ],
    [
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(9) NOT NULL DEFAULT 'x', b INTEGER AS (id) VIRTUAL)",
      /how column "b" is generated/,
    ],
    [
      "CREATE TABLE t (id INTEGER, a VARCHAR(9) PRIMARY KEY NOT NULL DEFAULT 'x', b INTEGER AS (id) STORED)",
      /its primary key/,
    ],
  ])('%s is told from the catalog, and not rebuilt', async (text, reason) => {
    using database = await withStoredText(text);
    const table = findTable(await database.inspect(), 't');
    expect(table).toMatchObject({
      opaque: expect.stringMatching(reason),
      primaryKey: { columns: ['id'] },
      columns: [
        { name: 'id' },
        { name: 'a', type: { kind: 'string', length: 9 }, nullable: false, serverDefault: 'x' },
        { name: 'b', generated: { stored: true } },
      ],
    });
    await expect(
      database.migrate(recorded((op) => op.createUniqueConstraint(null, 't', ['a']))),
    ).rejects.toMatchObject({ code: 'OPERATION_NOT_SUPPORTED' });
  });
});

describe('a plan made for another state of the database', () => {
  const make = (op: Parameters<Parameters<typeof recorded>[0]>[0]) =>
    op.createTable('t', [op.column('id', op.t.integer(), { primaryKey: true }), op.column('a', op.t.text())]);

  test.each([
    ['an index', 'CREATE INDEX unknown ON t (a)'],
    ['a trigger', 'CREATE TRIGGER unknown AFTER INSERT ON t BEGIN SELECT 1; END'],
  ])('does not lose %s it does not know of', async (_what, sql) => {
    using database = new SqliteDatabase();
    const { schema } = await database.migrate(recorded(make));
    const change = recorded((op) => op.createUniqueConstraint(null, 't', ['a']));
    const compiled = sqliteDialect.compile(change, schema);
    database.raw.exec(sql);
    expect(() => database.run(compiled)).toThrow(/does not know as they are \(unknown\)/);
    expect((await database.inspect()).tables).toHaveLength(1);
  });

  test('does not run while foreign keys are on', async () => {
    using database = new SqliteDatabase();
    const { schema } = await database.migrate(recorded(make));
    const change = recorded((op) => op.createUniqueConstraint(null, 't', ['a']));
    const compiled = { ...sqliteDialect.compile(change, schema), foreignKeysOff: false };
    expect(() => database.run(compiled)).toThrow(/Foreign keys are on/);
  });

  test('does not drop a table that something it does not know refers to', async () => {
    using database = new SqliteDatabase();
    const { schema } = await database.migrate(recorded(make));
    const compiled = sqliteDialect.compile(
      recorded((op) => op.dropTable('t')),
      schema,
    );
    database.raw.exec(
      "INSERT INTO t VALUES (1, 'x'); CREATE TABLE c (t INTEGER REFERENCES T ON DELETE CASCADE); INSERT INTO c VALUES (1)",
    );
    expect(() => database.run(compiled)).toThrow(/Table "t" cannot be dropped: "c" refers to it/);
    expect(database.contents('c')).toHaveLength(1);
  });
});
