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
  ['word', /[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*/uy],
  ['symbol', /\|\||<=|>=|<>|!=|==|<<|>>|->>|->|::|[\s\S]/uy],
];

/**
 * Splits SQL into tokens; never throws: what is no token of SQL is a symbol.
 *
 * @param source one expression or statement, in SQLite's or PostgreSQL's dialect.
 */
export function tokenizeSql(source: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let offset = 0; offset < source.length; ) {
    const token = tokenAt(source, offset);
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
  const text = source.slice(offset, offset + 1);
  return { kind: 'symbol', text, value: text };
}

function tokenValue(kind: SqlToken['kind'], text: string): string {
  if (kind === 'string') return text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'");
  if (kind !== 'quoted') return text;
  const quote = text[0] as string;
  const inner = text.slice(1, -1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}

function isIdentifier(token: SqlToken): boolean {
  return token.kind === 'word' || token.kind === 'quoted';
}

function names(token: SqlToken, name: string): boolean {
  if (!isIdentifier(token)) return false;
  return token.value === name || token.value.toLowerCase() === name.toLowerCase();
}

/** Whether an expression uses a column of this name (compared as SQL compares unquoted names). */
export function mentionsIdentifier(expression: string, name: string): boolean {
  return tokenizeSql(expression).some((token) => names(token, name));
}

/** The expression with one identifier replaced, strings and comments left alone. */
export function renameIdentifier(expression: string, name: string, to: string): string {
  return tokenizeSql(expression)
    .map((token) => (names(token, name) ? quoteAs(token, to) : token.text))
    .join('');
}

function quoteAs(token: SqlToken, name: string): string {
  const plain = token.kind === 'word' && /^[a-z_][a-z0-9_]*$/.test(name);
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
}
