import { canonicalCode } from './code-text.ts';

test.each([
  ['white space', 'async (db) => { await db . go ( ) ; }', 'async(db)=>{await db.go()}'],
  ['comments', '(a) => { // why\n  return /* what */ a; }', '(a)=>{return a}'],
  ['semicolons', 'f();\ng();', 'f()g()'],
  ['trailing commas', 'f(a, [b, c,], { d, },)', 'f(a,[b,c],{d})'],
  ['quotes', `f('it is "so"', "don't", 'don\\'t')`, `f("it is \\"so\\"", "don't", "don't")`],
])('%s do not count', (_, one, other) => {
  expect(canonicalCode(one)).toBe(canonicalCode(other));
});

test.each([
  ['words', 'return a', 'returna'],
  ['white space in strings', `f('a b')`, `f('ab')`],
  ['what looks like a comment in a string', `f('// a')`, `f('// b')`],
  ['white space in templates', 'sql`a  b`', 'sql`a b`'],
  ['values', 'f(1)', 'f(2)'],
])('%s count', (_, one, other) => {
  expect(canonicalCode(one)).not.toBe(canonicalCode(other));
});
