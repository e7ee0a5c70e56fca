import { sourcesOf } from './view-sources.ts';

test.each<[string, readonly string[]]>([
  ['SELECT a FROM t', ['t']],
  ['SELECT a FROM "a t" AS x WHERE b IN (SELECT c FROM [u]) ORDER BY d, e', ['a t', 'u']],
  ["SELECT a FROM main.t, 'u' x, `w` LEFT JOIN y ON y.a = t.a AND f(b, c), z", ['t', 'u', 'w', 'y', 'z']],
  ['SELECT a, b FROM (t JOIN u USING (a, b)), (SELECT c, d FROM w, x) AS s', ['t', 'u', 'w', 'x']],
  [
    'SELECT (SELECT max(a) FROM u), t.a FROM t GROUP BY b, c HAVING d UNION SELECT e, f FROM w',
    ['u', 't', 'w'],
  ],
  ['SELECT a IS NOT DISTINCT FROM b, c FROM t', ['t']],
  ['SELECT value FROM t, json_each(t.a)', ['t']],
  ['WITH t AS (SELECT 1), u (a) AS NOT MATERIALIZED (SELECT 2) SELECT * FROM t, u, w', ['w']],
  ['WITH RECURSIVE n (i) AS (SELECT a FROM t UNION ALL SELECT i + 1 FROM n) SELECT i FROM n', ['t']],
  ['VALUES (1, 2), (3, 4)', []],
  [
    "SELECT a FROM t WHERE a IN u AND b NOT IN main.w AND c IN (d, 'e') AND f IN json_each(g)",
    ['t', 'u', 'w'],
  ],
  ["SELECT 'FROM u' -- FROM w\n FROM t", ['t']],
])('%s', (select, sources) => {
  expect(sourcesOf(`CREATE VIEW v (a, b) AS ${select}`)).toEqual(sources);
});
