import { upgrade } from '../../src/commands/upgrade.ts';
import { chain } from './history.ts';
import { engines, type Place, sqlite, versionsOf } from './place.ts';

const start = `op.createTable('t', [column('id', t.integer(), { primaryKey: true }), column('a', t.text()), column('b', t.integer())]);
  op.bulkInsert('t', [{ id: 1, a: 'x1', b: 1 }, { id: 2, a: 'X2', b: 2 }, { id: 3, a: 'x3', b: null }, { id: 4, a: 'y4', b: 2 }]);`;

/** What the second revision failed with. */
async function failure(place: Place, first: string, second: string): Promise<unknown> {
  const scripts = place.scripts(chain(['aaaa01', first], ['aaaa02', second]));
  const error = await upgrade({ driver: place.driver, scripts }).then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(await versionsOf(place)).toEqual(['aaaa01']);
  expect(await place.query('SELECT a FROM t ORDER BY id')).toHaveLength(4);
  return error;
}

describe.each(engines)('$name: rows that are the same', (engine) => {
  const unique = `op.createUniqueConstraint('uq', 't', ['b']);`;

  test('are listed, with a query that finds them', async () => {
    await using place = await engine.open();
    const error = await failure(place, start, unique);
    expect(error).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('table "t" has rows that would have to be unique: b = 2 (2 rows)'),
      facts: { table: 't', columns: ['b'], duplicates: [{ b: 2, rows: 2 }] },
    });
    const { query } = (error as { facts: { query: string } }).facts;
    expect(await place.query(query)).toEqual([
      { id: 2, a: 'X2', b: 2 },
      { id: 4, a: 'y4', b: 2 },
    ]);
  });

  test('are listed where an expression of an index ends with a comment', async () => {
    await using place = await engine.open();
    const index = `op.createIndex('ux', 't', [{ expression: 'lower(substr(a, 1, 1)) -- the letter' }], { unique: true, where: 'id < 4 -- not all' });`;
    expect(await failure(place, start, index)).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('= "x" (3 rows)'),
      facts: { table: 't' },
    });
  });

  test('are not what a step says that fails before them', async () => {
    await using place = await engine.open();
    const step = `op.run(async (db, context) => context.fail('There is no reason.')); ${unique}`;
    expect(await failure(place, start, step)).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('failed and was rolled back: There is no reason.'),
    });
  });

  test.each([
    ['by a statement', `op.execute('UPDATE t SET b = 7'); ${unique}`, '"uq"', '7'],
    [
      'by a conversion',
      `op.createUniqueConstraint('uq', 't', ['a']); op.alterColumn('t', 'a', { type: t.string(), using: 'upper(substr(a, 1, 1))' });`,
      '"uq"',
      'X',
    ],
  ])('are told as they are where the revision has made them so %s', async (_, step, name, value) => {
    await using place = await engine.open();
    const error = await failure(place, start, step);
    expect(error).toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(new RegExp(`${name}.*${value}`)),
      facts: expect.objectContaining({ table: 't', constraint: 'uq' }),
    });
    expect((error as Error).message).not.toContain('_new_');
  });
});

const change = (options: string) => `op.alterColumn('t', ${options});`;
const letter = change(`'a', { type: t.string(), using: 'upper(substr(a, 1, 1))' }`);

/** On SQLite, whose own error is about the new table, and tells no number. */
test.each<[string, string, string, string, Record<string, unknown>]>([
  [
    'a unique constraint that is there',
    `op.createUniqueConstraint('uq', 't', ['a']);`,
    letter,
    `3 row(s) of table "t" would be the same by the unique constraint "uq" ("a"), such as 'X'. Remove or change them`,
    { constraint: 'uq', columns: ['a'], rows: 3, example: "'X'" },
  ],
  [
    'one without a name, over two columns',
    `op.createUniqueConstraint(null, 't', ['a', 'b']);`,
    `op.execute('UPDATE t SET b = 1'); ${letter}`,
    `3 row(s) of table "t" would be the same by the unique constraint ("a", "b"), such as 'X', 1.`,
    { constraint: null, columns: ['a', 'b'], rows: 3 },
  ],
  [
    'the primary key',
    '',
    `op.execute('UPDATE t SET a = 1'); op.dropConstraint(null, 't', { type: 'primaryKey' }); op.createPrimaryKey('pk', 't', ['a']);`,
    `4 row(s) of table "t" would be the same by the primary key "pk" ("a"), such as '1'.`,
    { constraint: 'pk', columns: ['a'], rows: 4 },
  ],
  [
    'a unique index',
    `op.createIndex('ux', 't', ['a'], { unique: true });`,
    letter,
    `3 row(s) of table "t" would be the same by the unique index "ux" ("a"), such as 'X'.`,
    { constraint: 'ux', columns: ['a'], rows: 3 },
  ],
  [
    'a new unique index on an expression, in part',
    '',
    `op.execute("UPDATE t SET b = 5"); op.createIndex('ux', 't', ['b', { expression: 'lower(substr(a, 1, 1))' }], { unique: true, where: 'id < 4' });`,
    `3 row(s) of table "t" would be the same by the unique index "ux" ("b", (lower(substr(a, 1, 1)))), such as 5, 'x'.`,
    { constraint: 'ux', columns: ['b', 'lower(substr(a, 1, 1))'], rows: 3 },
  ],
  [
    'a check',
    '',
    `op.createCheckConstraint('ck', 't', 'b > 1 OR a = id');`,
    `1 row(s) of table "t" violate the check "ck" (b > 1 OR a = id), such as id = 1, a = 'x1', b = 1. Change them`,
    { constraint: 'ck', columns: ['id', 'a', 'b'], rows: 1 },
  ],
  [
    'a check without a name, by what is stored',
    `op.createCheckConstraint(null, 't', "typeof(b) <> 'text'");`,
    change(`'b', { type: t.text() }`),
    `3 row(s) of table "t" violate the check (typeof(b) <> 'text'), such as b = '1'.`,
    { constraint: null, columns: ['b'], rows: 3 },
  ],
  [
    'an enumeration',
    '',
    change(`'a', { type: t.enum('e', ['x1', 'y4', 'more']) }`),
    `2 row(s) of table "t" have a value of column "a" that is not in its enumeration, such as a = 'X2'. Correct them first`,
    { columns: ['a'], rows: 2 },
  ],
  [
    'a smaller enumeration',
    change(`'a', { type: t.enum('e', ['x1', 'X2', 'x3', 'y4']) }`),
    change(`'a', { type: t.enum('e', ['x1', 'X2', 'z4']) }`),
    `2 row(s) of table "t" have a value of column "a" that is not in its enumeration, such as a = 'x3'.`,
    { columns: ['a'], rows: 2 },
  ],
  [
    'a computed column that takes no NULL',
    `op.execute('DROP TABLE t'); op.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, g INTEGER NOT NULL AS (a) STORED)"); op.execute("INSERT INTO t (a) VALUES ('1'), ('2'), ('x'), ('')");`,
    change(`'a', { type: t.string(), using: "nullif(a, 'x')" }`),
    'Column "g" of "t" cannot be NOT NULL: 1 row(s) hold NULL. Change what it is computed from',
    { columns: ['g'], rows: 1 },
  ],
  [
    'a key that is the rowid',
    `op.createTable('u', [column('id', t.text(), { primaryKey: true })]); op.bulkInsert('u', [{ id: 'one' }, { id: '2' }]);`,
    `op.alterColumn('u', 'id', { type: t.integer(), using: 'id' });`,
    `1 value(s) of column "id" of "u" do not fit INTEGER, such as 'one'. Correct them first`,
    { table: 'u', columns: ['id'], rows: 1, example: "'one'" },
  ],
  [
    'a column of a STRICT table',
    `op.createTable('u', [column('id', t.integer(), { primaryKey: true }), column('s', t.text())], { strict: true }); op.bulkInsert('u', [{ id: 1, s: 'one' }, { id: 2, s: '2' }, { id: 3, s: null }]);`,
    `op.alterColumn('u', 's', { type: t.integer(), using: 's' });`,
    `1 value(s) of column "s" of "u" do not fit INTEGER, such as 'one'. Correct them first`,
    { table: 'u', columns: ['s'], rows: 1 },
  ],
])('a rebuild under %s names the table and counts the rows', async (_, first, second, told, facts) => {
  await using place = await sqlite.open();
  const error = await failure(place, `${start} ${first}`, second);
  expect(error).toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringContaining(`revision aaaa02 failed and was rolled back: ${told}`),
    facts: expect.objectContaining({ table: 't', ...facts }),
  });
  expect(await place.query("SELECT name FROM sqlite_schema WHERE name LIKE '%new%'")).toEqual([]);
});
