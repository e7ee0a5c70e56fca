import type { Operations } from '../src/operations/operations.ts';

/** A table with rows that must be rebuilt, and what must not change by it. */
export interface RebuildScenario {
  readonly name: string;
  /** Statements for SQLite that make the tables and fill them. */
  readonly setup: string;
  readonly change: (op: Operations) => void;
  /** Queries that must answer the same afterwards, value by value and storage class by storage class. */
  readonly keeps: readonly string[];
  /** Queries with the answer they must give afterwards: one array per row. */
  readonly gives?: readonly (readonly [query: string, rows: readonly (readonly unknown[])[]])[];
  /** The message the change must fail with, everything staying as it is. */
  readonly fails?: RegExp;
}

const catalog = (type: string) =>
  `SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = '${type}' ORDER BY name`;
const all = (table: string) => `SELECT rowid AS r, * FROM ${table} NOT INDEXED`;

/** A parent with a child for every ON DELETE rule. */
const children = `
  CREATE TABLE parents (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20), age INTEGER);
  INSERT INTO parents VALUES (1, 'Ann', 40), (3, 'Bob', NULL), (7, 'Cy', 60);
  CREATE TABLE cascading (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id) ON DELETE CASCADE ON UPDATE CASCADE);
  CREATE TABLE nulling (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id) ON DELETE SET NULL);
  CREATE TABLE defaulting (id INTEGER PRIMARY KEY, parent_id INTEGER DEFAULT 1 REFERENCES parents (id) ON DELETE SET DEFAULT);
  CREATE TABLE restricting (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id) ON DELETE RESTRICT);
  CREATE TABLE plain (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id));
  INSERT INTO cascading VALUES (1, 1), (2, 3), (3, NULL);
  INSERT INTO nulling VALUES (1, 1), (2, 7);
  INSERT INTO defaulting VALUES (1, 3), (2, 7);
  INSERT INTO restricting VALUES (1, 7);
  INSERT INTO plain VALUES (1, 1), (2, 3);
`;
const childTables = ['cascading', 'nulling', 'defaulting', 'restricting', 'plain'];
const keepsChildren = [
  ...childTables.map(all),
  `SELECT name, sql FROM sqlite_schema WHERE name IN ('cascading', 'nulling', 'defaulting', 'restricting', 'plain') ORDER BY name`,
];
const makeAgeText = (op: Operations) => op.alterColumn('parents', 'age', { type: op.t.text() });

/** A table of its own to be rebuilt, with a child that would be deleted along. */
function withChild(definition: string, rows: string): string {
  return `
    ${definition}
    ${rows}
    CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t (id) ON DELETE CASCADE);
    INSERT INTO child SELECT id, id FROM t;
  `;
}

const simple = withChild(
  'CREATE TABLE t (id INTEGER NOT NULL, a TEXT, b INTEGER, PRIMARY KEY (id));',
  "INSERT INTO t VALUES (2, 'x', 1), (5, 'y', NULL), (9, NULL, 3);",
);
const keepsChild = [all('child')];

export const rebuildScenarios: readonly RebuildScenario[] = [
  {
    name: 'children of every ON DELETE rule',
    setup: children,
    change: makeAgeText,
    keeps: [...keepsChildren, 'SELECT id, name FROM parents'],
    gives: [
      [
        'SELECT id, typeof(age) FROM parents',
        [
          [1, 'text'],
          [3, 'null'],
          [7, 'text'],
        ],
      ],
    ],
  },
  {
    name: 'a dropped column of a referenced table',
    setup: `${children} CREATE INDEX ix_age ON parents (age); CREATE UNIQUE INDEX ux_name ON parents (name);`,
    change: (op) => {
      op.dropColumn('parents', 'age');
      op.createCheckConstraint('ck_name', 'parents', "name <> ''");
    },
    keeps: [
      ...keepsChildren,
      'SELECT id, name FROM parents',
      `SELECT sql FROM sqlite_schema WHERE name = 'ux_name_'`,
    ],
    gives: [["SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'parents'", [['ux_name']]]],
  },
  {
    name: 'a self reference that sets NULL',
    setup: `CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id) ON DELETE SET NULL, n TEXT);
      INSERT INTO t VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c'), (4, 4, 'd');`,
    change: (op) => op.alterColumn('t', 'n', { nullable: false }),
    keeps: [all('t')],
    gives: [
      ['SELECT "table", "to", on_delete FROM pragma_foreign_key_list(\'t\')', [['t', 'id', 'SET NULL']]],
    ],
  },
  {
    name: 'a self reference that cascades',
    setup: `CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id) ON DELETE CASCADE, n TEXT);
      INSERT INTO t VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c');`,
    change: (op) => op.alterColumn('t', 'n', { serverDefault: 'none' }),
    keeps: [all('t')],
  },
  {
    name: 'a cycle of two tables',
    setup: `CREATE TABLE hens (id INTEGER PRIMARY KEY, egg INTEGER REFERENCES eggs (id) ON DELETE CASCADE);
      CREATE TABLE eggs (id INTEGER PRIMARY KEY, hen INTEGER REFERENCES hens (id) ON DELETE CASCADE);
      PRAGMA defer_foreign_keys = ON; BEGIN; PRAGMA defer_foreign_keys = ON;
      INSERT INTO hens VALUES (1, 2), (2, 1); INSERT INTO eggs VALUES (1, 1), (2, 2); COMMIT;`,
    change: (op) => {
      op.alterColumn('hens', 'egg', { nullable: false });
      op.alterColumn('eggs', 'hen', { nullable: false });
    },
    keeps: [all('hens'), all('eggs')],
  },
  {
    name: 'a composite key with composite children',
    setup: `CREATE TABLE t (a INTEGER NOT NULL, b TEXT NOT NULL, c TEXT, PRIMARY KEY (a, b));
      CREATE TABLE child (x INTEGER, y TEXT, FOREIGN KEY (x, y) REFERENCES t (a, b) ON DELETE CASCADE);
      INSERT INTO t VALUES (1, 'x', NULL), (1, 'y', 'c'), (0, 'z', 'd'); INSERT INTO child VALUES (1, 'y'), (0, 'z'), (NULL, 'q');`,
    change: (op) => op.alterColumn('t', 'c', { type: op.t.string(5) }),
    keeps: [all('t'), all('child')],
  },
  {
    name: 'deferrable foreign keys of the table itself',
    setup: `CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2);
      CREATE TABLE t (id INTEGER PRIMARY KEY, p INTEGER CONSTRAINT fk_p REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED,
        q INTEGER REFERENCES p (id) ON UPDATE CASCADE NOT DEFERRABLE INITIALLY IMMEDIATE, n TEXT);
      INSERT INTO t VALUES (1, 1, 2, 'a'), (2, NULL, 1, 'b');`,
    change: (op) => op.alterColumn('t', 'n', { nullable: false }),
    keeps: [
      all('t'),
      all('p'),
      'SELECT "from", "to", on_update, on_delete FROM pragma_foreign_key_list(\'t\') ORDER BY "from"',
    ],
    gives: [["SELECT sql LIKE '%DEFERRABLE INITIALLY DEFERRED%' FROM sqlite_schema WHERE name = 't'", [[1]]]],
  },
  {
    name: 'violations that were there before',
    setup: `${children} PRAGMA foreign_keys = OFF; INSERT INTO plain VALUES (9, 99); PRAGMA foreign_keys = ON;`,
    change: makeAgeText,
    keeps: keepsChildren,
  },
  {
    name: 'a partial index',
    setup: `${simple} CREATE INDEX ix ON t (a) WHERE b IS NOT NULL AND a <> 'ä';`,
    change: (op) => op.alterColumn('t', 'b', { serverDefault: 4 }),
    keeps: [all('t'), ...keepsChild, 'SELECT name, partial, "unique" FROM pragma_index_list(\'t\')'],
    gives: [["SELECT count(*) FROM t INDEXED BY ix WHERE b IS NOT NULL AND a <> 'ä' AND a = 'x'", [[1]]]],
  },
  {
    name: 'an index on an expression, descending, with a collation',
    setup: `${simple} CREATE UNIQUE INDEX ix ON t (lower(a) DESC, b COLLATE NOCASE DESC, id);`,
    change: (op) => op.alterColumn('t', 'b', { serverDefault: 4 }),
    keeps: [all('t'), ...keepsChild, 'SELECT seqno, cid, "desc", coll FROM pragma_index_xinfo(\'ix\')'],
  },
  {
    name: 'named and unnamed constraints',
    setup: withChild(
      `CREATE TABLE t (id INTEGER NOT NULL, a TEXT UNIQUE, b INTEGER CHECK (b > 0), c TEXT COLLATE NOCASE,
        CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT uq_ab UNIQUE (a, b), UNIQUE (b, c), CONSTRAINT ck_c CHECK (length(c) < 9), CHECK (a <> c));`,
      "INSERT INTO t VALUES (1, 'x', 1, 'C'), (2, 'y', 2, NULL);",
    ),
    change: (op) => op.addColumn('t', op.column('d', op.t.integer(), { unique: true })),
    keeps: ['SELECT id, a, b, c FROM t', ...keepsChild],
    gives: [
      [
        "SELECT group_concat(name) FROM (SELECT origin || seq AS name FROM pragma_index_list('t') ORDER BY seq)",
        [['u0,u1,u2,u3']],
      ],
      [
        "SELECT sql LIKE '%CONSTRAINT \"uq_ab\" UNIQUE%' AND sql LIKE '%CONSTRAINT \"ck_c\" CHECK%' AND sql LIKE '%CONSTRAINT \"pk_t\" PRIMARY KEY%' FROM sqlite_schema WHERE name = 't'",
        [[1]],
      ],
    ],
  },
  {
    name: 'generated columns, stored and virtual',
    setup: withChild(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) STORED, c TEXT AS (a || '!') VIRTUAL, d TEXT);`,
      "INSERT INTO t (id, a, d) VALUES (1, 5, 'x'), (2, NULL, 'y');",
    ),
    change: (op) => op.alterColumn('t', 'd', { nullable: false }),
    keeps: [all('t'), ...keepsChild, "SELECT name, type, hidden FROM pragma_table_xinfo('t')"],
  },
  {
    name: 'a STRICT table',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a ANY, b TEXT, c REAL) STRICT;',
      "INSERT INTO t VALUES (1, x'00', 'b', 1), (2, 5, NULL, 2.5), (3, 'five', '', NULL);",
    ),
    change: (op) => op.alterColumn('t', 'b', { serverDefault: 'none' }),
    keeps: [all('t'), ...keepsChild, "SELECT strict FROM pragma_table_list('t')"],
  },
  {
    name: 'a WITHOUT ROWID table',
    setup: `CREATE TABLE t (k TEXT, n INTEGER, v BLOB, PRIMARY KEY (n, k)) WITHOUT ROWID;
      INSERT INTO t VALUES ('b', 2, x'FF'), ('a', 2, NULL), ('z', 1, 'text');
      CREATE TABLE child (n INTEGER, k TEXT, FOREIGN KEY (n, k) REFERENCES t ON DELETE CASCADE); INSERT INTO child VALUES (2, 'a');`,
    change: (op) => op.alterColumn('t', 'v', { serverDefault: 'none' }),
    keeps: ['SELECT *, typeof(v) FROM t', all('child'), "SELECT wr FROM pragma_table_list('t')"],
  },
  {
    name: 'AUTOINCREMENT and its sequence',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);',
      "INSERT INTO t VALUES (1, 'x'), (50, 'y'); DELETE FROM t WHERE id = 50;",
    ),
    change: (op) => op.alterColumn('t', 'a', { nullable: false }),
    keeps: [all('t'), ...keepsChild, 'SELECT name, seq FROM sqlite_sequence'],
  },
  {
    name: 'AUTOINCREMENT of an empty table',
    setup:
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT); INSERT INTO t VALUES (41, 'x'); DELETE FROM t; CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO u VALUES (7);",
    change: (op) => op.alterColumn('t', 'a', { nullable: false }),
    keeps: ['SELECT name, seq FROM sqlite_sequence ORDER BY name', all('u')],
  },
  {
    name: 'AUTOINCREMENT is added',
    setup: simple,
    change: (op) => op.alterColumn('t', 'id', { autoincrement: 'always' }),
    keeps: [all('t'), ...keepsChild],
    gives: [['SELECT name, seq FROM sqlite_sequence', [['t', 9]]]],
  },
  {
    name: 'AUTOINCREMENT is taken away',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);',
      "INSERT INTO t VALUES (1, 'x'), (8, 'y');",
    ),
    change: (op) => op.alterColumn('t', 'id', { autoincrement: 'serial' }),
    keeps: [all('t'), ...keepsChild],
    gives: [['SELECT name, seq FROM sqlite_sequence', []]],
  },
  {
    name: 'triggers of the table',
    setup: `${simple} CREATE TABLE log (what TEXT);
      CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('insert ' || NEW.id); END;
      CREATE TRIGGER t_update BEFORE UPDATE OF a, b ON t WHEN NEW.a IS NOT OLD.a BEGIN INSERT INTO log VALUES (CASE WHEN NEW.a IS NULL THEN 'x' ELSE 'y' END); END;
      CREATE TRIGGER t_delete AFTER DELETE ON t BEGIN
        -- a comment; with a semicolon
        DELETE FROM child WHERE t_id = OLD.id; INSERT INTO log VALUES ('delete');
      END;`,
    change: (op) => op.alterColumn('t', 'b', { type: op.t.text() }),
    keeps: ['SELECT id, a FROM t', ...keepsChild, all('log'), catalog('trigger')],
  },
  {
    name: 'triggers of other tables that mention it',
    setup: `${simple} CREATE TABLE u (n INTEGER);
      CREATE TRIGGER u_insert AFTER INSERT ON u BEGIN UPDATE t SET b = NEW.n WHERE id IN (SELECT id FROM "t" WHERE b IS NULL); END;`,
    change: (op) => op.alterColumn('t', 'b', { type: op.t.bigInteger() }),
    keeps: [all('t'), ...keepsChild, catalog('trigger')],
  },
  {
    name: 'views, views on views, and their INSTEAD OF triggers',
    setup: `${simple}
      CREATE VIEW v AS SELECT id, a || '!' AS loud FROM t -- the end
      ;
      CREATE VIEW w AS SELECT v.loud, t.b FROM v JOIN t USING (id);
      CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN INSERT INTO t (id, a) VALUES (NEW.id, NEW.loud); END;`,
    change: (op) => op.alterColumn('t', 'b', { serverDefault: 1 }),
    keeps: [all('t'), ...keepsChild, catalog('view'), catalog('trigger'), 'SELECT * FROM w'],
  },
  {
    name: 'defaults that are expressions',
    setup: withChild(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (lower('X') || 'y'), b DATETIME DEFAULT CURRENT_TIMESTAMP, c REAL DEFAULT 1.0,
        d BLOB DEFAULT x'0A', e INTEGER DEFAULT -5, f TEXT DEFAULT 'it''s', g BOOLEAN DEFAULT TRUE, h INTEGER DEFAULT 0x10, i TEXT DEFAULT bare, j);`,
      "INSERT INTO t (id, b) VALUES (1, '2020-01-01 00:00:00'), (2, NULL);",
    ),
    change: (op) => op.alterColumn('t', 'j', { serverDefault: 1 }),
    keeps: [all('t'), ...keepsChild],
    gives: [
      [
        'SELECT a, typeof(c), quote(d), e, f, g, h, i, j FROM (SELECT 1) LEFT JOIN t ON id = 3',
        [[null, 'null', 'NULL', null, null, null, null, null, null]],
      ],
      [
        "SELECT dflt_value FROM pragma_table_info('t') WHERE cid BETWEEN 1 AND 8",
        [
          ["lower('X') || 'y'"],
          ['CURRENT_TIMESTAMP'],
          ['1.0'],
          ["x'0A'"],
          ['-5'],
          ["'it''s'"],
          ['TRUE'],
          ['0x10'],
        ],
      ],
    ],
  },
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
  {
    name: 'rename, alter and drop in one revision',
    setup: `${simple} CREATE INDEX ix_b ON t (b); CREATE INDEX ix_a ON t (a);`,
    change: (op) => {
      op.renameColumn('t', 'a', 'label');
      op.alterColumn('t', 'label', { type: op.t.string(10) });
      op.dropColumn('t', 'b');
      op.createCheckConstraint(null, 't', "label <> ''");
      op.createIndex('ix_label', 't', ['label', 'id']);
    },
    keeps: keepsChild,
    gives: [
      [
        'SELECT id, label FROM t',
        [
          [2, 'x'],
          [5, 'y'],
          [9, null],
        ],
      ],
      [
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
        [['ix_a'], ['ix_label']],
      ],
    ],
  },
  {
    name: 'a renamed column that a trigger uses, and a rebuild',
    setup: `${simple} CREATE TABLE log (a TEXT);
      CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log (a) SELECT a FROM t WHERE id = NEW.id AND NEW.a = 'a'; END;`,
    change: (op) => {
      op.renameColumn('t', 'a', 'label');
      op.alterColumn('t', 'label', { type: op.t.string(10) });
      op.createIndex('ix_label', 't', ['label'], { where: 'label IS NOT NULL' });
      op.createCheckConstraint('ck_label', 't', "label <> 'a'");
    },
    keeps: [...keepsChild, all('log')],
    gives: [
      [
        "SELECT sql FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql IS NOT NULL ORDER BY type",
        [
          ['CREATE INDEX "ix_label" ON "t" ("label") WHERE "label" IS NOT NULL'],
          [
            `CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log (a) SELECT "label" FROM t WHERE id = NEW.id AND NEW."label" = 'a'; END`,
          ],
        ],
      ],
      [
        'SELECT id, label, b FROM t',
        [
          [2, 'x', 1],
          [5, 'y', null],
          [9, null, 3],
        ],
      ],
    ],
  },
  {
    name: 'a renamed table and column that a trigger uses, and a rebuild',
    setup: `${simple} CREATE TABLE log (a TEXT);
      CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log (a) SELECT a FROM t WHERE id = NEW.id; END;`,
    change: (op) => {
      op.renameTable('t', 'things');
      op.renameColumn('things', 'a', 'label');
      op.alterColumn('things', 'label', { type: op.t.string(10) });
      op.alterColumn('things', 'b', { backfill: op.sql("length('abc') + id"), nullable: false });
    },
    keeps: [...keepsChild, all('log')],
    gives: [
      [
        'SELECT * FROM things',
        [
          [2, 'x', 1],
          [5, 'y', 8],
          [9, null, 3],
        ],
      ],
      [
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger'",
        [
          [
            `CREATE TRIGGER t_insert AFTER INSERT ON "things" BEGIN INSERT INTO log (a) SELECT "label" FROM "things" WHERE id = NEW.id; END`,
          ],
        ],
      ],
      ['SELECT "table" FROM pragma_foreign_key_list(\'child\')', [['things']]],
    ],
  },
  {
    name: 'a table that takes the name of a dropped one',
    setup: `${children} CREATE TABLE spare (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO spare VALUES (1, 'keep');`,
    change: (op) => {
      op.dropTable('plain');
      op.renameTable('spare', 'plain');
      op.alterColumn('plain', 'v', { nullable: false });
    },
    keeps: [all('cascading')],
    gives: [['SELECT * FROM plain', [[1, 'keep']]]],
  },
  {
    name: 'a swap of two columns and a rebuild',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);',
      "INSERT INTO t VALUES (1, 'a', 'b'), (2, NULL, 'b2');",
    ),
    change: (op) => {
      op.renameColumn('t', 'a', 'c');
      op.renameColumn('t', 'b', 'a');
      op.renameColumn('t', 'c', 'b');
      op.alterColumn('t', 'a', { nullable: false });
    },
    keeps: keepsChild,
    gives: [
      [
        'SELECT id, a, b FROM t',
        [
          [1, 'b', 'a'],
          [2, 'b2', null],
        ],
      ],
    ],
  },
  {
    name: 'a dropped column whose name a new one takes',
    setup: simple,
    change: (op) => {
      op.dropColumn('t', 'a');
      op.addColumn('t', op.column('a', op.t.integer(), { serverDefault: 7, unique: false, check: 'a > 0' }));
      op.createUniqueConstraint(null, 't', ['id', 'a']);
    },
    keeps: ['SELECT id, b FROM t', ...keepsChild],
    gives: [['SELECT a FROM t', [[7], [7], [7]]]],
  },
  {
    name: 'indexes whose names go to other tables',
    setup: `${simple} CREATE INDEX ix ON t (a); CREATE INDEX iy ON child (t_id);`,
    change: (op) => {
      op.alterColumn('child', 't_id', { nullable: false });
      op.alterColumn('t', 'b', { serverDefault: 1 });
      op.dropIndex('ix');
      op.dropIndex('iy');
      op.createIndex('ix', 'child', ['t_id']);
      op.createTable('iy', [op.column('id', op.t.integer(), { primaryKey: true })]);
    },
    keeps: [all('t'), ...keepsChild],
    gives: [
      [
        "SELECT type, name, tbl_name FROM sqlite_schema WHERE name IN ('ix', 'iy') ORDER BY name",
        [
          ['index', 'ix', 'child'],
          ['table', 'iy', 'iy'],
        ],
      ],
    ],
  },
  {
    name: 'a foreign key to a table of the same revision, and its column',
    setup: simple,
    change: (op) => {
      op.alterColumn('t', 'a', { type: op.t.string(5) });
      op.createTable('owners', [op.column('id', op.t.integer(), { primaryKey: true })]);
      op.addColumn('t', op.column('owner_id', op.t.integer()));
      op.createForeignKey('fk_owner', 't', 'owners', ['owner_id'], ['id'], { onDelete: 'CASCADE' });
    },
    keeps: ['SELECT id, a, b FROM t', ...keepsChild],
    gives: [
      [
        'SELECT "table", "from", on_delete FROM pragma_foreign_key_list(\'t\')',
        [['owners', 'owner_id', 'CASCADE']],
      ],
    ],
  },
  {
    name: 'a dropped foreign key, and the table it pointed to',
    setup: children,
    change: (op) => {
      for (const table of childTables) {
        op.dropConstraint(null, table, { type: 'foreignKey', columns: ['parent_id'] });
      }
      op.dropTable('parents');
    },
    keeps: childTables.map(all),
    gives: [['SELECT count(*) FROM sqlite_schema, pragma_foreign_key_list(sqlite_schema.name)', [[0]]]],
  },
  {
    name: 'a new primary key on a table without one',
    setup:
      "CREATE TABLE t (n INTEGER, a TEXT); INSERT INTO t VALUES (5, 'x'), (2, 'y'); CREATE TABLE child (n INTEGER); INSERT INTO child VALUES (5);",
    change: (op) => op.createPrimaryKey('pk', 't', ['n']),
    keeps: [all('child')],
    gives: [
      [
        'SELECT rowid, n, a FROM t',
        [
          [2, 2, 'y'],
          [5, 5, 'x'],
        ],
      ],
    ],
  },
  {
    name: 'a dropped primary key keeps the order of the rows',
    setup: "CREATE TABLE t (n INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (5, 'x'), (2, 'y');",
    change: (op) => op.dropConstraint(null, 't', { type: 'primaryKey' }),
    keeps: ['SELECT rowid, n, a FROM t'],
  },
  {
    name: 'a new counting key numbers the rows there are',
    setup: "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x'), ('y');",
    change: (op) => {
      op.addColumn('t', op.column('id', op.t.bigInteger(), { nullable: false, autoincrement: 'serial' }));
      op.createPrimaryKey(null, 't', ['id']);
    },
    keeps: ['SELECT a FROM t'],
    gives: [
      [
        'SELECT id, a FROM t',
        [
          [1, 'x'],
          [2, 'y'],
        ],
      ],
    ],
  },
  {
    name: 'text that is a number becomes one',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
      "INSERT INTO t VALUES (1, '12'), (2, NULL), (3, '-7');",
    ),
    change: (op) => op.alterColumn('t', 'a', { type: op.t.integer() }),
    keeps: ['SELECT id FROM t', ...keepsChild],
    gives: [
      [
        'SELECT a, typeof(a) FROM t',
        [
          [12, 'integer'],
          [null, 'null'],
          [-7, 'integer'],
        ],
      ],
    ],
  },
  {
    name: 'text that is no number is an error',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);',
      "INSERT INTO t VALUES (1, '12'), (2, 'abc'), (3, 'xyz');",
    ),
    change: (op) => op.alterColumn('t', 'a', { type: op.t.integer() }),
    keeps: [],
    fails: /2 value\(s\) of column "a" of "t" do not fit INTEGER, such as 'abc'/,
  },
  {
    name: 'text that is too long for its new type is an error',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a VARCHAR(20));',
      "INSERT INTO t VALUES (1, 'short'), (2, 'much too long');",
    ),
    change: (op) => op.alterColumn('t', 'a', { type: op.t.string(5) }),
    keeps: [],
    fails: /1 value\(s\) .* do not fit VARCHAR\(5\), such as 'much too long'/,
  },
  {
    name: 'a conversion by using',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);',
      "INSERT INTO t VALUES (1, 'yes', 'k'), (2, 'no', 'k'), (3, NULL, 'k');",
    ),
    change: (op) =>
      op.alterColumn('t', 'a', {
        type: op.t.boolean(),
        using: "CASE a WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END",
      }),
    keeps: ['SELECT id, b FROM t', ...keepsChild],
    gives: [
      [
        'SELECT a, typeof(a) FROM t',
        [
          [1, 'integer'],
          [0, 'integer'],
          [null, 'null'],
        ],
      ],
    ],
  },
  {
    name: 'NOT NULL with a backfill',
    setup: simple,
    change: (op) => op.alterColumn('t', 'a', { nullable: false, backfill: "it's empty" }),
    keeps: ['SELECT id, b FROM t', ...keepsChild],
    gives: [['SELECT a FROM t', [['x'], ['y'], ["it's empty"]]]],
  },
  {
    name: 'NOT NULL over NULLs is an error that counts them',
    setup: `${simple} INSERT INTO t VALUES (10, NULL, 1);`,
    change: (op) => op.alterColumn('t', 'a', { nullable: false }),
    keeps: [],
    fails: /Column "a" of "t" cannot become NOT NULL: 2 row\(s\) hold NULL/,
  },
  {
    name: 'a unique constraint over duplicates is an error that shows them',
    setup: `${simple} INSERT INTO t VALUES (10, 'x', 1), (11, NULL, 1), (12, NULL, 1);`,
    change: (op) => op.createUniqueConstraint('uq', 't', ['a']),
    keeps: [],
    fails: /1 value\(s\) of \("a"\) in "t" are there more than once, such as \('x'\)/,
  },
  {
    name: 'a check that rows break is an error',
    setup: simple,
    change: (op) => op.createCheckConstraint('ck', 't', 'b > 2'),
    keeps: [],
    fails: /CHECK constraint failed: ck/,
  },
  {
    name: 'a foreign key that rows break is an error',
    setup: `${simple} CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1);`,
    change: (op) => op.createForeignKey('fk', 't', 'p', ['b'], ['id']),
    keeps: [],
    fails: /FOREIGN_KEY_VIOLATED/,
  },
  {
    name: 'a column that a trigger still uses is not dropped',
    setup: `${simple} CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN UPDATE child SET t_id = NEW.b; END;`,
    change: (op) => {
      op.dropColumn('t', 'b');
      op.createUniqueConstraint(null, 't', ['a', 'id']);
    },
    keeps: [],
    fails: /no such column: NEW\.b/,
  },
  {
    name: 'a column that a view still uses is not dropped',
    setup: `${simple} CREATE VIEW v AS SELECT t.b AS bee FROM t;`,
    change: (op) => {
      op.dropColumn('t', 'b');
      op.createUniqueConstraint(null, 't', ['a', 'id']);
    },
    keeps: [],
    fails: /no such column: t\.b/,
  },
  {
    name: 'a conflict clause is refused with the reason',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 5, b TEXT);',
      "INSERT INTO t VALUES (1, 'x', 'y');",
    ),
    change: (op) => op.alterColumn('t', 'b', { nullable: false }),
    keeps: [],
    fails: /the NOT NULL of column "a" has the clause ON CONFLICT REPLACE/,
  },
  {
    name: 'a collation within a unique constraint is refused with the reason',
    setup: withChild(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, UNIQUE (a COLLATE NOCASE));',
      "INSERT INTO t VALUES (1, 'x', 'y');",
    ),
    change: (op) => op.alterColumn('t', 'b', { nullable: false }),
    keeps: [],
    fails: /a unique constraint has the collation NOCASE/,
  },
];
