import { sqliteDialect } from '../src/dialects/sqlite/dialect.ts';
import { quoteLiteral } from '../src/dialects/sqlite/literal.ts';
import { type DataType, t } from '../src/schema/data-type.ts';
import { recorded, SqliteDatabase } from './sqlite-database.ts';

function table(type: DataType, value: unknown): SqliteDatabase {
  const database = new SqliteDatabase();
  database.raw.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, a ${sqliteDialect.renderType(type)})`);
  database.raw.exec(`INSERT INTO t VALUES (1, NULL), (2, ${quoteLiteral(value)})`);
  return database;
}

describe('a number that a floating-point column would round', () => {
  test.each<[string, DataType, unknown]>([
    ['a whole number', t.bigInteger(), 9007199254740993n],
    ['the biggest', t.integer(), 9223372036854775807n],
    ['a whole number as text', t.text(), '9007199254740993'],
    ['one where nobody expects it', t.binary(), -9007199254740993n],
  ])('is an error: %s', async (_, from, value) => {
    using database = table(from, value);
    const before = database.contents('t');
    await expect(
      database.migrate(recorded((op) => op.alterColumn('t', 'a', { type: t.double() }))),
    ).rejects.toThrow(/DOUBLE would round 1 value\(s\) of column "a" of "t", such as '?-?9/);
    expect(database.contents('t')).toEqual(before);
  });

  test.each<[DataType, unknown, string]>([
    [t.bigInteger(), 9007199254740992n, 'real:9007199254740992.0'],
    [t.integer(), -3, 'real:-3.0'],
    [t.text(), '0.1', 'real:0.1'],
    [t.text(), null, 'null:NULL'],
  ])('leaves the others as they are: %j %s', async (from, value, expected) => {
    using database = table(from, value);
    await database.migrate(recorded((op) => op.alterColumn('t', 'a', { type: t.double() })));
    expect(database.contents('t')[1]).toEqual({ id: 'integer:2', a: expected });
  });

  test('is rounded where the author says how', async () => {
    using database = table(t.bigInteger(), 9007199254740993n);
    const change = { type: t.double(), using: 'a / 2 * 2' };
    await database.migrate(recorded((op) => op.alterColumn('t', 'a', change)));
    expect(database.contents('t')[1]).toEqual({ id: 'integer:2', a: 'real:9007199254740992.0' });
  });
});

test('the value that a column was added with must fit the type it gets in the same revision', async () => {
  using database = table(t.text(), 'x');
  const add = (type: DataType) =>
    recorded((op) => {
      op.addColumn('t', op.column('b', t.string(9), { serverDefault: 'ab   ' }));
      op.alterColumn('t', 'b', { type });
    });
  await expect(database.migrate(add(t.string(3)))).rejects.toThrow(
    /2 value\(s\) of column "b" of "t" do not fit VARCHAR\(3\)/,
  );
  await database.migrate(add(t.string(5)));
  expect(database.raw.prepare('SELECT b FROM t').pluck().all()).toEqual(['ab   ', 'ab   ']);
});
