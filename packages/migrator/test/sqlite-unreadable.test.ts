import type { Operations } from '../src/operations/operations.ts';
import { recorded, SqliteDatabase } from './sqlite-database.ts';

/**
 * What other builds of SQLite let people make, and this one only keeps: views and triggers with texts in double quotes,
 * and what rests on them. Beside them, some of the kind that is in nobody's way.
 */
const tables = `
  CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER);
  CREATE TABLE other (id INTEGER PRIMARY KEY, x TEXT, y TEXT);
  CREATE TABLE log (what TEXT, "a word" TEXT);
  INSERT INTO t VALUES (1, 'one', 1), (2, 'two', 2);
  INSERT INTO other VALUES (1, 'x', 'y');
`;
const unreadable = `
  CREATE VIEW v AS SELECT a, "text" AS k FROM t WHERE a <> "no";
  CREATE VIEW w AS SELECT k FROM v;
  CREATE TRIGGER follow AFTER INSERT ON t WHEN NEW.a <> "x" BEGIN INSERT INTO log (what) VALUES ("it's"); END;
  CREATE TRIGGER look AFTER UPDATE OF a ON t BEGIN INSERT INTO log (what) SELECT k FROM w; END;
  CREATE TRIGGER through INSTEAD OF UPDATE ON w BEGIN INSERT INTO log (what) VALUES ('w'); END;
  CREATE TRIGGER instead INSTEAD OF UPDATE ON readable BEGIN INSERT INTO log (what) VALUES ("r"); END;
`;
const readable = `
  CREATE VIEW readable AS SELECT x AS "Total", "y" FROM "other";
  CREATE VIEW again AS SELECT "Total" FROM readable;
  CREATE TRIGGER plain AFTER DELETE ON t BEGIN INSERT INTO log ("a word") VALUES ('gone'); END;
  CREATE TRIGGER seems AFTER INSERT ON t BEGIN INSERT INTO log (what) SELECT what AS b FROM log; END;
  CREATE TRIGGER also AFTER INSERT ON other BEGIN UPDATE log SET "a word" = NEW."x"; END;
`;
const all = tables + readable + unreadable;
const names = ['v', 'w', 'follow', 'look', 'through', 'instead'];

const textsOf = (database: SqliteDatabase) =>
  database.raw
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') AND name IN (${names.map((each) => `'${each}'`)}) ORDER BY name`,
    )
    .all();

test('what SQLite cannot read is told apart from what looks like it', async () => {
  using database = new SqliteDatabase(all);
  const { views, triggers } = await database.inspect();
  const marked = [...views, ...triggers].filter((each) => each.unreadable !== undefined);
  expect(marked.map((each) => each.name).toSorted()).toEqual(names.toSorted());
  expect(views.find((each) => each.name === 'v')?.unreadable).toContain('no such column: "text"');
});

test.each<[string, (op: Operations) => void, (string | RegExp)[]]>([
  ['a table is renamed', (op) => op.renameTable('other', 'another'), [/FROM "another"$/, /FROM readable$/]],
  [
    'a column is renamed',
    (op) => op.renameColumn('other', 'x', 'z'),
    [/^CREATE VIEW readable AS SELECT "?z"? AS "Total"/],
  ],
  ['a column that only others have is renamed', (op) => op.renameColumn('t', 'b', 'c'), []],
  ['a column is dropped', (op) => op.dropColumn('t', 'b'), []],
  [
    'a column is dropped by a rebuild, and a trigger beside them seems to use it',
    (op) => {
      op.alterColumn('t', 'a', { nullable: false });
      op.dropColumn('t', 'b');
    },
    [],
  ],
  [
    'the table of such a trigger is rebuilt',
    (op) => {
      op.renameTable('other', 'another');
      op.alterColumn('t', 'b', { type: op.t.text(), nullable: false });
    },
    [],
  ],
  [
    'much is done at once',
    (op) => {
      op.alterColumn('t', 'b', { type: op.t.text() });
      op.renameColumn('other', 'x', 'z');
      op.renameTable('other', 'another');
      op.renameColumn('another', 'y', 'x');
      op.dropColumn('t', 'b');
    },
    [/FROM "another"$/],
  ],
])('views and triggers with texts in double quotes stay as they are where %s', async (_, change, follow) => {
  using database = new SqliteDatabase(all);
  const before = textsOf(database);
  expect(before).toHaveLength(names.length);
  await database.migrate(recorded(change));
  expect(textsOf(database)).toEqual(before);
  const texts = database.raw.prepare("SELECT sql FROM sqlite_schema WHERE type = 'view'").pluck().all();
  for (const each of follow) expect(texts).toContainEqual(expect.stringMatching(each));
  expect(database.raw.prepare('SELECT * FROM again').pluck().all()).toEqual(['x']);
  expect(database.raw.prepare('SELECT id, a FROM t').raw().all()).toEqual([
    [1, 'one'],
    [2, 'two'],
  ]);
});

test('a trigger that is taken away for a while does not come back when its table is dropped', async () => {
  using database = new SqliteDatabase(`${tables} ${unreadable.split('\n')[3]}`);
  await database.migrate(
    recorded((op) => {
      op.renameTable('other', 'another');
      op.dropTable('t');
    }),
  );
  expect(textsOf(database)).toEqual([]);
});

describe('what such a view or trigger uses is not renamed or dropped', () => {
  test.each<[string, (op: Operations) => void, string, string]>([
    ['its table', (op) => op.renameTable('t', 'things'), 'table "t" cannot be renamed', 'view v'],
    ['its column', (op) => op.renameColumn('t', 'a', 'c'), 'column "a" of "t" cannot be renamed', 'view v'],
    ['its column', (op) => op.dropColumn('t', 'a'), 'column "a" of "t" cannot be dropped', 'view v'],
    ['a table', (op) => op.renameTable('log', 'logs'), 'table "log" cannot be renamed', 'trigger follow'],
    [
      'a column, behind other changes',
      (op) => {
        op.alterColumn('t', 'b', { type: op.t.text() });
        op.renameColumn('log', 'what', 'how');
      },
      'column "what" of "log" cannot be renamed',
      'trigger follow',
    ],
  ])('%s', async (_, change, what, user) => {
    using database = new SqliteDatabase(all);
    const before = database.raw.prepare('SELECT * FROM sqlite_schema').all();
    await expect(database.migrate(recorded(change))).rejects.toMatchObject({
      code: 'OPERATION_NOT_SUPPORTED',
      message: expect.stringMatching(
        new RegExp(`^On SQLite ${what}: ${user} uses it and cannot be read \\(no such column: "`),
      ),
      hint: expect.stringContaining(`Drop ${user} in a step before this one`),
      facts: { dialect: 'sqlite', dependents: [user] },
    });
    expect(database.raw.prepare('SELECT * FROM sqlite_schema').all()).toEqual(before);
  });

  test('also where it uses a column through another view', async () => {
    using database = new SqliteDatabase(
      `${tables} CREATE VIEW between_them AS SELECT * FROM t; CREATE VIEW v AS SELECT a, "text" FROM between_them;`,
    );
    await expect(database.migrate(recorded((op) => op.renameColumn('t', 'a', 'c')))).rejects.toMatchObject({
      facts: { dependents: ['view v'], column: 'a' },
    });
  });
});
