import { all, children, keepsChildren, makeAgeText, type RebuildScenario } from './scenario.ts';

/** Other rows that refer to the rows of a rebuilt table, or that it refers to. */
export const referencesScenarios: readonly RebuildScenario[] = [
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
    keeps: [...keepsChildren, 'SELECT id, name FROM parents'],
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
];
