import { wrapWords } from './wrap-words.ts';

test.each([
  ['one two three', 7, 'one two\nthree'],
  ['one two three', 100, 'one two three'],
  ['one two three', 1, 'one\ntwo\nthree'],
  ['a_very_long_name x', 5, 'a_very_long_name\nx'],
  ['one\ntwo three', 5, 'one\ntwo\nthree'],
  ['  one two', 6, '  one\n  two'],
  ['', 10, ''],
])('%j in %i columns', (text, columns, expected) => {
  expect(wrapWords(text, columns)).toBe(expected);
});
