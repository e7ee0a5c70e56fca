import { all, catalog, keepsChild, type RebuildScenario, simple, withChild } from './scenario.ts';

/** Names of all kinds, and rows as SQLite keeps them. */
export const namesAndRowsScenarios: readonly RebuildScenario[] = [
  {
    name: 'names with quotes, spaces, capitals, keywords and letters of other alphabets',
    setup: `CREATE TABLE "Größe ""of"" [all]" ("select" INTEGER PRIMARY KEY, "a b" TEXT, [Group] TEXT DEFAULT 'x', \`Ünï\` TEXT, "名前" INTEGER, '🎈' TEXT);
      INSERT INTO "Größe ""of"" [all]" VALUES (1, 'x', 'y', 'z', 5, 'b'), (2, NULL, NULL, NULL, NULL, NULL);
      CREATE TABLE "Order" ("from" INTEGER REFERENCES "Größe ""of"" [all]" ("select") ON DELETE CASCADE); INSERT INTO "Order" VALUES (1), (2);
      CREATE INDEX "ix ""1""" ON "Größe ""of"" [all]" ("a b", "Group", "名前");`,
    change: (op) => op.alterColumn('Größe "of" [all]', '名前', { type: op.t.text() }),
    keeps: ['SELECT rowid, "select", "a b", "Group", "Ünï", "🎈" FROM "Größe ""of"" [all]"', all('"Order"')],
    gives: [['SELECT typeof("名前") FROM "Größe ""of"" [all]" ORDER BY "select"', [['text'], ['null']]]],
  },
  {
    name: 'names in another case than the script writes them',
    setup: `CREATE TABLE Parents (Id INTEGER PRIMARY KEY, Name TEXT); INSERT INTO Parents VALUES (1, 'a');
      CREATE TABLE child (p INTEGER REFERENCES PARENTS (ID) ON DELETE CASCADE); INSERT INTO child VALUES (1);
      CREATE INDEX IX ON parents (NAME);`,
    change: (op) => op.alterColumn('parents', 'name', { nullable: false }),
    keeps: [all('Parents'), all('child'), "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index'"],
  },
  {
    name: 'rowids without a key of their own',
    setup: `CREATE TABLE t (a TEXT, b TEXT); INSERT INTO t (rowid, a, b) VALUES (10, 'x', '1'), (3, 'y', '2'), (7, 'z', '3');
      CREATE INDEX covering ON t (b DESC, a);`,
    change: (op) => op.alterColumn('t', 'b', { type: op.t.integer() }),
    keeps: ['SELECT rowid, a FROM t NOT INDEXED'],
    gives: [
      [
        'SELECT b, typeof(b) FROM t NOT INDEXED',
        [
          [2, 'integer'],
          [3, 'integer'],
          [1, 'integer'],
        ],
      ],
    ],
  },
  {
    name: 'columns called rowid, _rowid_ and oid',
    setup: `CREATE TABLE t (rowid TEXT, _rowid_ TEXT, oid TEXT, n INTEGER); INSERT INTO t VALUES ('z', 'b', 'c', 1), ('a', 'e', 'f', 2);
      CREATE INDEX covering ON t (rowid, _rowid_, oid, n);`,
    change: (op) => op.alterColumn('t', 'n', { nullable: false }),
    keeps: ['SELECT * FROM t NOT INDEXED'],
  },
  {
    name: 'a primary key in descending order that is no rowid',
    setup: `CREATE TABLE t (id INTEGER PRIMARY KEY DESC, a TEXT); INSERT INTO t (rowid, id, a) VALUES (4, 9, 'x'), (2, 10, 'y');`,
    change: (op) => op.alterColumn('t', 'a', { nullable: false }),
    keeps: [all('t')],
  },
  {
    name: 'every storage class, where SQLite lets it be',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a, i INTEGER, x TEXT, r REAL, n NUMERIC, d DATETIME, z TEXT);',
      `INSERT INTO t VALUES (1, 1, 'abc', x'00FF', 1, 9007199254740993, '2020-01-01 00:00:00.000001', 'z'), (2, 1.5, 1.5, 5, 2.5, 'n', 1577836800, 'z'),
        (3, x'616263', 9223372036854775807, '', NULL, 1e300, 2459000.5, 'z'), (4, 'a' || char(0) || 'b', -9223372036854775808, '1', 'r', x'', 'now', 'z'), (5, NULL, 0, 'a' || char(10), 9e999, 0.1, NULL, 'z');`,
    ),
    change: (op) => op.alterColumn('t', 'z', { nullable: false }),
    keeps: [
      'SELECT id, quote(a), typeof(a), length(a), quote(i), typeof(i), quote(x), typeof(x), quote(r), typeof(r), quote(n), typeof(n), quote(d), typeof(d) FROM t',
      'SELECT hex(a), hex(x) FROM t',
      ...keepsChild,
    ],
  },
  {
    name: 'types declared in any spelling',
    setup: withChild(
      'CREATE TABLE t (id integer primary key, a varchar( 20 ), b Double  Precision, c NVARCHAR(7), d "my type", e UNSIGNED BIG INT, f timestamp, g);',
      "INSERT INTO t VALUES (1, 'a', 1.5, 'c', 'd', 5, 'f', 'g');",
    ),
    change: (op) => op.alterColumn('t', 'g', { serverDefault: 0 }),
    keeps: [all('t'), ...keepsChild, "SELECT name, type FROM pragma_table_info('t')"],
  },
  {
    name: 'comments in the definition',
    setup: withChild(
      `CREATE TABLE t ( -- what it is for
        id INTEGER PRIMARY KEY, /* the id, counted */
        a TEXT CHECK (a <> 'x' -- not this
        )
      );`,
      "INSERT INTO t VALUES (1, 'y');",
    ),
    change: (op) => op.alterColumn('t', 'a', { nullable: false }),
    keeps: [all('t'), ...keepsChild],
    gives: [
      [
        "SELECT sql LIKE '%-- what it is for%' AND sql LIKE '%/* the id, counted */%' AND sql LIKE '%-- not this%' FROM sqlite_schema WHERE name = 't'",
        [[1]],
      ],
    ],
  },
  {
    name: 'a column added natively behind the constraints',
    setup: `${simple} ALTER TABLE t ADD COLUMN late VARCHAR DEFAULT 'l' CHECK (late <> 'no');`,
    change: (op) => op.alterColumn('t', 'b', { serverDefault: 1 }),
    keeps: [all('t'), ...keepsChild, "SELECT name FROM pragma_table_info('t')"],
  },
  {
    name: 'a table full of text search beside it',
    setup: `${simple} CREATE VIRTUAL TABLE search USING fts5 (a, content = 't', content_rowid = 'id');
      INSERT INTO search (rowid, a) SELECT id, a FROM t;
      CREATE TRIGGER t_search AFTER INSERT ON t BEGIN INSERT INTO search (rowid, a) VALUES (NEW.id, NEW.a); END;`,
    change: (op) => op.alterColumn('t', 'b', { serverDefault: 1 }),
    keeps: [
      all('t'),
      ...keepsChild,
      catalog('trigger'),
      "SELECT rowid FROM search WHERE search MATCH 'y'",
      "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'search%' ORDER BY name",
    ],
  },
];
