import { type RebuildScenario, simple, withChild } from './scenario.ts';

/** What must fail, and leave everything as it was. */
export const failuresScenarios: readonly RebuildScenario[] = [
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
    name: 'NOT NULL over NULLs is an error that counts them',
    setup: `${simple} INSERT INTO t VALUES (10, NULL, 1);`,
    change: (op) => op.alterColumn('t', 'a', { nullable: false }),
    keeps: [],
    fails: /Column "a" of "t" cannot become NOT NULL: 2 row\(s\) hold NULL/,
  },
  {
    name: 'a unique constraint over duplicates is an error',
    setup: `${simple} INSERT INTO t VALUES (10, 'x', 1), (11, NULL, 1), (12, NULL, 1);`,
    change: (op) => op.createUniqueConstraint('uq', 't', ['a']),
    keeps: [],
    fails: /UNIQUE constraint failed/,
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
