import { all, keepsChild, type RebuildScenario, simple, withChild } from './scenario.ts';

/** Parts of a definition that a rebuild writes again. */
export const definitionsScenarios: readonly RebuildScenario[] = [
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
];
