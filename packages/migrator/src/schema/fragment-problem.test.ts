import fc from 'fast-check';
import { fragmentProblem } from './fragment-problem.ts';

describe('a piece of SQL', () => {
  test.each([
    ['a > 0'],
    ['(a > 0) AND (b IN (1, 2))'],
    [`a <> ') , ('`],
    [`a <> 'it''s ; '`],
    [`"a ) b" > 0`],
    ['a > 0 -- and :-)'],
    ['a > 0 -- it is the end :)\n AND b'],
    ['a /* ; ) */ > 0'],
    // Only SQLite.
    ['[a ) b] > 0 AND `c , d` = 1'],
    // Only PostgreSQL.
    ['a /* one /* two ) */ three ) */ > 0'],
    ['a <> $$ it ) , ; $$'],
    ['a <> $tag$ ( $$ ; $tag$'],
    [`a <> E'it\\'s ) ;'`],
    ['a = ANY (ARRAY[1, 2]) AND ARRAY[b, c] @> ARRAY[1]'],
    [`a::text[] <> '{}'`],
    [`date'2020-01-01' < d AND a$b$c = $$x$$`],
  ])('may be %s', (text) => {
    expect(fragmentProblem(text)).toBeNull();
  });

  test.each([
    ['price > 0) , extra (1', 'it has ) without ('],
    ['price > 0), CHECK (price < 5', 'it has ) without ('],
    ['(price > 0', 'it has ( without )'],
    ['((price > 0)', 'it has ( without )'],
    ['a, b', 'it has a comma, which parts it from something else'],
    ['a > 0; DROP TABLE t', 'it has a semicolon, which ends a statement'],
    ['(a > 0; DROP TABLE t)', 'it has a semicolon, which ends a statement'],
    [`a <> '`, "it has ' without an end"],
    ['"a', 'it has " without an end'],
    ['a > 0 /* hi', 'it has /* without an end'],
    ['', 'there is nothing in it'],
    [' -- nothing\n /* at all */', 'there is nothing in it'],
  ])('cannot be %s', (text, problem) => {
    expect(fragmentProblem(text)).toBe(problem);
  });

  test.each([
    ['int[]', 'postgresql', null],
    ['numeric(10, 2)', 'postgresql', null],
    ['[int', 'sqlite', 'it has [ without an end'],
    ['$$ ) $$', 'sqlite', 'it has ) without ('],
    ['ARRAY[1) = 2(]', 'postgresql', 'it has ) without ('],
    ['`)`', 'postgresql', 'it has ) without ('],
    ['INTEGER, extra INTEGER', 'sqlite', 'it has a comma, which parts it from something else'],
  ] as const)('that is %s for %s alone: %s', (text, dialect, problem) => {
    expect(fragmentProblem(text, dialect)).toBe(problem);
  });

  test('is whole whatever its texts, names and comments hold', () => {
    const unit = fc.constantFrom(...`()[]'"\`,;$-/*\\eE a1\n`);
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const literal = `a <> '${text.replaceAll("'", "''")}'`;
        const name = `"${text.replaceAll('"', '""')}" > 0`;
        const line = `a > 0 -- ${text.replaceAll('\n', ' ')}`;
        for (const dialect of ['sqlite', 'postgresql'] as const) {
          for (const whole of [literal, name, line]) {
            expect(fragmentProblem(whole, dialect)).toBeNull();
            expect(fragmentProblem(`(${whole}\n)`, dialect)).toBeNull();
            expect(fragmentProblem(`${whole}\n)`, dialect)).toBe('it has ) without (');
          }
        }
      }),
    );
  });
});
