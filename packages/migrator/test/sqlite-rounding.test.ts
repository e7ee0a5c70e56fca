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
      op.alterColumn('t', 'b', { type, serverDefault: null });
    });
  await expect(database.migrate(add(t.string(3)))).rejects.toThrow(
    /2 value\(s\) of column "b" of "t" do not fit VARCHAR\(3\)/,
  );
  await database.migrate(add(t.string(5)));
  expect(database.raw.prepare('SELECT b FROM t').pluck().all()).toEqual(['ab   ', 'ab   ']);
});

describe('a text that reads as a number', () => {
  const raw = t.raw({ sqlite: 'DECIMAL(9)', postgresql: 'numeric(9)' });

  test.each<[DataType, string]>([
    [t.integer(), '007'],
    [t.bigInteger(), '+7'],
    [t.boolean(), '01'],
    [t.numeric(5, 2), ' 7'],
    [t.double(), '7 '],
    [t.dateTime(), '0020200101'],
    [t.json(), '007'],
    [raw, '007'],
    [t.date(), '.5'],
    [t.double(), '9007199254740993.1234'],
    [t.double(), '1e400'],
    [t.numeric(), '1e-400'],
    [t.numeric(20, 4), '9007199254740993.1234'],
    [t.numeric(16, 1), '900719925474099.2'],
    [t.numeric(30, 0), '123456789012345678901'],
    [t.json(), '0.1234567890123456789'],
  ])('does not become %j where it says more than a number does: %s', async (to, value) => {
    using database = table(t.text(), value);
    const before = database.contents('t');
    await expect(database.migrate(recorded((op) => op.alterColumn('t', 'a', { type: to })))).rejects.toThrow(
      /1 value\(s\) of column "a" of "t" do not fit/,
    );
    expect(database.contents('t')).toEqual(before);
    const change = { type: to, using: "CASE WHEN a IS NULL THEN NULL ELSE '1' END" };
    if (to.kind !== 'date') await database.migrate(recorded((op) => op.alterColumn('t', 'a', change)));
  });

  test.each<[DataType, string, string]>([
    [t.integer(), '-7', 'integer:-7'],
    [t.numeric(), '0.50', 'real:0.5'],
    [t.double(), '1e3', 'real:1000.0'],
    [t.double(), '0.0', 'real:0.0'],
    [t.double(), '0.30000000000000004', 'real:0.30000000000000004'],
    [t.double(), '1.7976931348623157e+308', 'real:1.7976931348623157e+308'],
    [t.numeric(), '9223372036854775807', 'integer:9223372036854775807'],
    [t.numeric(10, 2), '10.00', 'integer:10'],
    [t.numeric(), '-12345678.12345678', 'real:-12345678.12345678'],
    [t.json(), '0', 'integer:0'],
    [t.dateTime(), '2020-01-01 00:00:00', "text:'2020-01-01 00:00:00'"],
    [t.uuid(), '007', "text:'007'"],
    [raw, '12', 'integer:12'],
  ])('becomes %j where it says just that: %s', async (to, value, expected) => {
    using database = table(t.text(), value);
    await database.migrate(recorded((op) => op.alterColumn('t', 'a', { type: to })));
    expect(database.contents('t')[1]).toEqual({ id: 'integer:2', a: expected });
  });
});
