import { all, catalog, keepsChild, type RebuildScenario, simple, withChild } from './scenario.ts';

/** What hangs on a table without being part of it, and defaults. */
export const dependentsScenarios: readonly RebuildScenario[] = [
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
];
