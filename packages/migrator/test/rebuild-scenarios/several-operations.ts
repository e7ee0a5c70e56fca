import {
  all,
  children,
  childTables,
  keepsChild,
  type RebuildScenario,
  simple,
  withChild,
} from './scenario.ts';

/** Several operations of one revision that meet in one rebuild. */
export const severalOperationsScenarios: readonly RebuildScenario[] = [
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
    name: 'a swap of two columns that a trigger uses, a new one by an old name, and a rebuild',
    setup: `${simple} CREATE TABLE log (a TEXT, b TEXT);
      CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log SELECT a, NEW.b FROM t WHERE id = NEW.id; END;`,
    change: (op) => {
      op.renameColumn('t', 'a', 'c');
      op.renameColumn('t', 'b', 'a');
      op.renameColumn('t', 'c', 'b');
      op.alterColumn('t', 'a', { backfill: op.sql('length(b)'), nullable: false });
      op.renameColumn('t', 'b', 'label');
      op.addColumn('t', op.column('b', op.t.integer(), { unique: true, check: "b > 0 OR label <> 'b'" }));
      op.createTable('old', [op.column('id', op.t.integer()), op.column('b', op.t.text())]);
      op.renameTable('t', 'u');
      op.renameTable('old', 't');
      op.createIndex('ix_b', 'u', ['b'], { where: 'label IS NOT NULL' });
    },
    keeps: [...keepsChild, all('log')],
    gives: [
      [
        'SELECT id, label, a, b FROM u',
        [
          [2, 'x', 1, null],
          [5, 'y', 1, null],
          [9, null, 3, null],
        ],
      ],
      [
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger'",
        [
          [
            `CREATE TRIGGER t_insert AFTER INSERT ON "u" BEGIN INSERT INTO log SELECT "label", NEW."a" FROM "u" WHERE id = NEW.id; END`,
          ],
        ],
      ],
      ['SELECT count(*) FROM t', [[0]]],
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
];
