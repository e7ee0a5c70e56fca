import { tablesOfTrigger } from './trigger-tables.ts';

test.each<[string, readonly string[]]>([
  ['AFTER INSERT ON o BEGIN INSERT INTO t (a, b) VALUES (NEW.c, 1); END', ['t']],
  [
    'BEFORE UPDATE OF a, b ON main.o BEGIN INSERT OR IGNORE INTO "a t" SELECT a, b FROM u, w; END',
    ['a t', 'u', 'w'],
  ],
  ['UPDATE ON o BEGIN REPLACE INTO t VALUES (1); END', ['t']],
  [
    'DELETE ON o BEGIN UPDATE t SET a = OLD.a, b = 2; UPDATE OR ABORT [u] SET c = 1 FROM w, x; END',
    ['t', 'u', 'w', 'x'],
  ],
  ['INSERT ON o BEGIN DELETE FROM t; UPDATE u SET a = 1, b = 2; END', ['u', 't']],
  [
    'INSERT ON o BEGIN INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1, c = excluded.c; END',
    ['t'],
  ],
  ['INSERT ON o WHEN EXISTS (SELECT 1 FROM t) AND NEW.a IN u BEGIN SELECT max(a, b); END', ['t', 'u']],
  [
    'INSERT ON o FOR EACH ROW BEGIN INSERT INTO t (a) WITH q AS (SELECT 1 FROM u) SELECT * FROM q; END',
    ['t', 'u'],
  ],
  ["INSERT ON o BEGIN SELECT 'INTO t', \"FROM u\" -- UPDATE w\n; SELECT RAISE(ABORT, 'x'); END", []],
  ['INSTEAD OF INSERT ON v BEGIN SELECT 1; END', []],
])('CREATE TRIGGER g %s', (rest, tables) => {
  expect(tablesOfTrigger(`CREATE TRIGGER g ${rest}`)).toEqual(tables);
});
