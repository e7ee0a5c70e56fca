import { mentionsIdentifier, renameIdentifier, renameIdentifiers, tokenizeSql } from './sql-lexer.ts';

describe('tokenizeSql', () => {
  test.each([
    [`a || 'it''s' -- end`],
    ['"a ""b""" + [c d] * `e`'],
    ["x'00' <> 1.5e-3 /* open"],
    ['größe > 0 AND "名前" = \'🎈\' AND 🎈 = 1'],
  ])('gives %s back', (source) => {
    expect(
      tokenizeSql(source)
        .map((token) => token.text)
        .join(''),
    ).toBe(source);
  });

  test.each([
    ['größe', 'word', 'größe'],
    ['🎈', 'word', '🎈'],
    ['"a ""b"""', 'quoted', 'a "b"'],
    ['[a b]', 'quoted', 'a b'],
    ["'it''s'", 'string', "it's"],
    ['0x1F', 'number', '0x1F'],
  ])('takes %s for one %s', (source, kind, value) => {
    expect(tokenizeSql(source)).toEqual([{ kind, text: source, value }]);
  });
});

describe('renameIdentifier', () => {
  test.each([
    ['a > 0', 'a', 'b', '"b" > 0'],
    ['A > 0 AND "a" < 9', 'a', 'b', '"b" > 0 AND "b" < 9'],
    ["a = 'a' -- a", 'a', 'order', `"order" = 'a' -- a`],
    ['lower(lower) = 1', 'lower', 'name', 'lower("name") = 1'],
    ['CAST(text AS text) COLLATE nocase', 'text', 'body', 'CAST("body" AS text) COLLATE nocase'],
    ['t.a + ab', 'a', 'say "hi"', 't."say ""hi""" + ab'],
  ])('%s, %s to %s', (expression, name, to, expected) => {
    expect(renameIdentifier(expression, name, to)).toBe(expected);
  });
});

test('renameIdentifiers swaps names', () => {
  const swap = [
    ['a', 'b'],
    ['b', 'a'],
  ] as const;
  expect(renameIdentifiers("a > b AND 'a' <> c", swap)).toBe(`"b" > "a" AND 'a' <> c`);
});

describe('mentionsIdentifier', () => {
  test.each([
    ['lower(name)', 'name', true],
    ['lower(name)', 'lower', false],
    ["state = 'name'", 'name', false],
    ['CAST(a AS date)', 'date', false],
    ["(a)::text = 'x'::text", 'text', false],
    ['text::text <> text', 'text', true],
    ['"Name" > 1', 'name', true],
  ])('%s mentions %s: %s', (expression, name, expected) => {
    expect(mentionsIdentifier(expression, name)).toBe(expected);
  });
});
