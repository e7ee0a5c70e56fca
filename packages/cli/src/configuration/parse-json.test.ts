import { parseJson } from './parse-json.ts';

test.each([
  ['{\n  "a": 1,\n  "b": 2 3\n}', /^Expected ',' or '}' .*\(line 3 column 10\)$/],
  ['{\n  "a": 1,\n  "b": yes\n}', /^Unexpected token 'y' \(line 3\)$/],
  ['{\n  "a": 1,\n  "b": nul\n}', /\(line 3\)$/],
  ['{\n  "a": 1,\n}', /\(line 3 column 1\)$/],
  ["{\n  'a': 1\n}", /\(line 2 column 3\)$/],
  ['{\n  "a": [1,\n    \'b\']\n}', /\(line 3\)$/],
  ['{\n  "a": 1', /\(line 2(?: column \d+)?\)$/],
  ['', /^Unexpected end of JSON input \(line 1\)$/],
  ['{}\nx', /\(line 2(?: column 1)?\)$/],
])('%j', (text, message) => {
  expect(() => parseJson(text)).toThrow(message);
});

test('what is right is read', () => {
  expect(parseJson('{"a": [1, null, "b"]}')).toEqual({ a: [1, null, 'b'] });
});
