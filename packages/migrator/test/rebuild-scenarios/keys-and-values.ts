import { all, keepsChild, type RebuildScenario, simple, withChild } from './scenario.ts';

/** New keys, and values that are converted. */
export const keysAndValuesScenarios: readonly RebuildScenario[] = [
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
];
