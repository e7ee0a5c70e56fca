import type { Operations } from '../src/operations/operations.ts';
import { recorded, SqliteDatabase } from './sqlite-database.ts';

/** What a connection has beside the database itself: temporary objects, and other databases attached to it. */
const setup = `
  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER UNIQUE);
  CREATE INDEX ix ON t (a);
  CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE);
  INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2);
  INSERT INTO child VALUES (1, 1), (2, 2);
`;

const rebuild = (op: Operations) => op.alterColumn('t', 'a', { nullable: false });

function contents(database: SqliteDatabase, ...queries: readonly string[]): unknown[] {
  const schemas = ['main.sqlite_schema', 'sqlite_temp_schema'].map((each) => `SELECT name, sql FROM ${each}`);
  return [...schemas, ...queries].map((query) => database.raw.prepare(query).raw().all());
}

const rows = ['SELECT * FROM main.t', 'SELECT * FROM main.child'];

describe('what a temporary object hides is left alone', () => {
  test.each<[string, string, (op: Operations) => void, string]>([
    ['a table that is rebuilt', 'CREATE TEMP TABLE T (z)', rebuild, 'a temporary table'],
    ['a view', 'CREATE TEMP VIEW t AS SELECT 1 AS z', rebuild, 'a temporary view'],
    [
      'a column that is added',
      'CREATE TEMP TABLE t (z)',
      (op) => op.addColumn('t', op.column('c', op.t.text())),
      'a temporary table',
    ],
    ['a table that is dropped', 'CREATE TEMP TABLE child (z)', (op) => op.dropTable('child'), 'table'],
    [
      'a new table',
      'CREATE TEMP TABLE n (z)',
      (op) => op.createTable('n', [op.column('a', op.t.text())]),
      '',
    ],
    ['a new name', 'CREATE TEMP TABLE n (z)', (op) => op.renameTable('t', 'n'), 'a temporary table'],
    [
      'an index',
      'CREATE TEMP TABLE z (z); CREATE INDEX temp.ix ON z (z)',
      (op) => op.dropIndex('ix'),
      'index',
    ],
    ['an index of a table', 'CREATE TEMP TABLE z (z); CREATE INDEX temp.ix ON z (z)', rebuild, 'index'],
  ])('%s', async (_, temporary, change, message) => {
    using database = new SqliteDatabase(`${setup} ${temporary}`);
    const before = contents(database, ...rows);
    await expect(database.migrate(recorded(change))).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/^Drop it first: DROP (TABLE|VIEW|INDEX) temp\./),
    });
    expect(contents(database, ...rows)).toEqual(before);
  });
});

test('a table with a temporary trigger is not rebuilt; what needs no rebuild is done', async () => {
  using database = new SqliteDatabase(
    `${setup} CREATE TEMP TABLE log (what); CREATE TEMP TRIGGER watch AFTER INSERT ON main.t BEGIN INSERT INTO log VALUES (NEW.a); END;`,
  );
  const before = contents(database, ...rows);
  await expect(database.migrate(recorded(rebuild))).rejects.toMatchObject({
    code: 'OPERATION_NOT_SUPPORTED',
    message: expect.stringContaining('the temporary trigger "watch" of this connection is on it'),
  });
  expect(contents(database, ...rows)).toEqual(before);
  await database.migrate(recorded((op) => op.addColumn('t', op.column('c', op.t.text()))));
  database.raw.exec("INSERT INTO t (a) VALUES ('z')");
  expect(database.raw.prepare('SELECT what FROM log').pluck().all()).toEqual(['z']);
});

test('temporary views and triggers that only mention the table go on as they were', async () => {
  using database = new SqliteDatabase(`${setup}
    CREATE TEMP VIEW seen AS SELECT id, a FROM t;
    CREATE TEMP TRIGGER grows AFTER INSERT ON main.child BEGIN UPDATE t SET a = a || '!' WHERE id = NEW.t_id; END;
    CREATE TEMP TABLE _new_t (z);`);
  const before = contents(database, ...rows, 'SELECT * FROM seen');
  await database.migrate(recorded(rebuild));
  const [schema, ...rest] = contents(database, ...rows, 'SELECT * FROM seen');
  expect(rest).toEqual(before.slice(1));
  expect(JSON.stringify(schema)).toContain('\\"a\\" TEXT NOT NULL');
  database.raw.exec('INSERT INTO child VALUES (3, 2)');
  expect(database.raw.prepare('SELECT a FROM seen WHERE id = 2').pluck().get()).toBe('y!');
});

test('an attached database is neither read nor changed, whatever its tables are called', async () => {
  using database = new SqliteDatabase(`${setup}
    ATTACH ':memory:' AS other;
    CREATE TABLE other.t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER);
    CREATE TABLE other.ix (a TEXT);
    CREATE TABLE other.child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE);
    CREATE TABLE other._new_t (a TEXT);
    CREATE TABLE other.only_there (a TEXT);
    INSERT INTO other.t VALUES (7, NULL, 7); INSERT INTO other.child VALUES (7, 7); INSERT INTO other._new_t VALUES ('n');
    PRAGMA foreign_keys = OFF; INSERT INTO other.child VALUES (8, 8); PRAGMA foreign_keys = ON;`);
  const others = ['t', 'child', '_new_t', 'only_there'].map((table) => `SELECT * FROM other.${table}`);
  const before = contents(database, ...rows, 'SELECT name, sql FROM other.sqlite_schema', ...others);
  const change = (op: Operations) => {
    rebuild(op);
    op.createTable('only_there', [op.column('a', op.t.text())]);
  };
  await database.migrate(recorded(change));
  const after = contents(database, ...rows, 'SELECT name, sql FROM other.sqlite_schema', ...others);
  expect(after.slice(1)).toEqual(before.slice(1));
  await database.migrate(recorded((op) => op.dropTable('only_there')));
  expect(contents(database, ...others).at(-1)).toEqual([]);
  await expect(database.migrate(recorded((op) => op.dropTable('only_there')))).rejects.toMatchObject({
    code: 'OPERATION_INVALID',
  });
});
