import { comparable, recorded, SqliteDatabase } from './sqlite-database.ts';

const setup = `
  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER);
  CREATE INDEX ix ON t (a);
  CREATE TABLE other (id INTEGER PRIMARY KEY, a TEXT);
  CREATE INDEX ix_other ON other (a);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO t SELECT i, i % 7, i FROM n;
  INSERT INTO other SELECT id, a FROM t;
`;

/** Every row with its values, in an order of its own. */
const found = (database: SqliteDatabase) =>
  ['sqlite_stat1', 'sqlite_stat4'].map((table) =>
    database
      .contents(table)
      .map((row) => JSON.stringify(row))
      .toSorted(),
  );

test('what ANALYZE has found out stays with a table that is rebuilt', async () => {
  using database = new SqliteDatabase(`${setup} CREATE TABLE empty (a TEXT); ANALYZE;`);
  const before = found(database);
  expect(before.map((rows) => rows.length > 1)).toEqual([true, true]);
  const { schema } = await database.migrate(
    recorded((op) => {
      op.alterColumn('t', 'b', { type: op.t.text() });
      op.alterColumn('empty', 'a', { nullable: false });
    }),
  );
  expect(found(database)).toEqual(before);
  expect(comparable(await database.inspect())).toEqual(comparable(schema));
  expect(database.raw.prepare("EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = '1'").pluck().all()).toHaveLength(
    1,
  );
});

test('there is nothing to keep where nobody has analyzed', async () => {
  using database = new SqliteDatabase(setup);
  const { compiled } = await database.migrate(
    recorded((op) => op.alterColumn('t', 'b', { nullable: false })),
  );
  expect(JSON.stringify(compiled)).not.toContain('sqlite_stat');
});
