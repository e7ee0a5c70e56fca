/** A piece of SQL text. Joining the `text` of all tokens gives the source again. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'space' | 'comment';
  readonly text: string;
  /** The name of a word or quoted identifier, the content of a string; otherwise as `text`. */
  readonly value: string;
}

const patterns: readonly (readonly [SqlToken['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /[xXeEbB]?'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_\u{80}-\u{10ffff}][A-Za-z0-9_$\u{80}-\u{10ffff}]*/uy],
  ['symbol', /\|\||<=|>=|<>|!=|==|<<|>>|->>|->|::|[\s\S]/uy],
];

/**
 * Splits SQL into tokens; never throws: what is no token of SQL is a symbol.
 *
 * @param source one expression or statement, in SQLite's or PostgreSQL's dialect.
 * @param brackets whether they quote a name, as SQLite has it, or are PostgreSQL's subscripts and arrays.
 */
export function tokenizeSql(source: string, brackets: 'quotes' | 'symbols' = 'quotes'): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let offset = 0; offset < source.length; ) {
    const token = brackets === 'symbols' && source[offset] === '[' ? symbol('[') : tokenAt(source, offset);
    tokens.push(token);
    offset += token.text.length;
  }
  return tokens;
}

function tokenAt(source: string, offset: number): SqlToken {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset;
    const text = pattern.exec(source)?.[0];
    if (text) return { kind, text, value: tokenValue(kind, text) };
  }
  return symbol(source.slice(offset, offset + 1));
}

function symbol(text: string): SqlToken {
  return { kind: 'symbol', text, value: text };
}

function tokenValue(kind: SqlToken['kind'], text: string): string {
  if (kind === 'string') return text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'");
  if (kind !== 'quoted') return text;
  const quote = text[0] as string;
  const inner = text.slice(1, -1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

function names(token: SqlToken | undefined, name: string): boolean {
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return false;
  return token.value === name || token.value.toLowerCase() === name.toLowerCase();
}

/** Words behind which a word names something other than a column: a type, a collation. */
const leadElsewhere = new Set(['AS', 'COLLATE']);

/**
 * The places in an expression where a column of this name stands (names compared as SQL compares unquoted ones): not the
 * functions, types and collations that happen to be called the same.
 */
function columnsNamed(tokens: readonly SqlToken[], name: string): Set<SqlToken> {
  const solid = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  return new Set(
    solid.filter((token, at) => {
      if (!names(token, name) || solid[at + 1]?.text === '(') return false;
      const before = solid[at - 1];
      if (before?.text === '::') return false;
      return before?.kind !== 'word' || !leadElsewhere.has(before.text.toUpperCase());
    }),
  );
}

/** Whether an expression uses a column of this name. */
export function mentionsIdentifier(expression: string, name: string): boolean {
  return columnsNamed(tokenizeSql(expression), name).size > 0;
}

/**
 * The expression with one column renamed, strings and comments left alone. The new name is quoted, since it may be a
 * keyword.
 */
export function renameIdentifier(expression: string, name: string, to: string): string {
  return renameIdentifiers(expression, [[name, to]]);
}

/** As {@link renameIdentifier}, for several columns at once, which may swap their names. */
export function renameIdentifiers(
  expression: string,
  renames: readonly (readonly [name: string, to: string])[],
): string {
  const tokens = tokenizeSql(expression);
  const renamed = new Map(
    renames.flatMap(([name, to]) => [...columnsNamed(tokens, name)].map((token) => [token, to] as const)),
  );
  return tokens
    .map((token) => {
      const to = renamed.get(token);
      return to === undefined ? token.text : `"${to.replaceAll('"', '""')}"`;
    })
    .join('');
}
