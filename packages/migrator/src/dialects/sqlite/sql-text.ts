import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';

/** The tokens that mean something: neither white space nor comments. */
export function meaningful(tokens: readonly SqlToken[]): SqlToken[] {
  return tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
}

/** The expression without the parentheses that enclose all of it, however many pairs there are. */
export function withoutOuterParentheses(expression: string): string {
  let text = expression.trim();
  while (isEnclosed(text)) text = text.slice(1, -1).trim();
  return text;
}

function isEnclosed(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  const tokens = tokenizeSql(text);
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth === 0 && at < tokens.length - 1) return false;
  }
  return depth === 0 && tokens.at(-1)?.text === ')';
}

/** Whether a name stands anywhere in a text, whatever it means there. */
export function mentionsName(sql: string, name: string): boolean {
  return tokenizeSql(sql).some(
    (token) => (token.kind === 'word' || token.kind === 'quoted') && sameName(token.value, name),
  );
}

/** Compares names as SQLite does: without regard to the case of ASCII letters. */
export function sameName(left: string, right: string): boolean {
  if (left === right) return true;
  // Names that differ without regard to any letter's case differ: it is found out faster, and most do.
  return left.toLowerCase() === right.toLowerCase() && foldName(left) === foldName(right);
}

/** A name in the form by which SQLite tells names apart. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
