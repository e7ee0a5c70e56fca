import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';

/** An expression without the parentheses that enclose all of it. */
export function stripParentheses(expression: string): string {
  const tokens = tokenizeSql(expression.trim());
  const inner = withoutParentheses(tokens);
  return inner
    .map((token) => token.text)
    .join('')
    .trim();
}

/** The tokens without the parentheses that enclose all of them. */
export function withoutParentheses(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (tokens[0]?.text !== '(' || tokens.at(-1)?.text !== ')') return tokens;
  let depth = 0;
  const closes = tokens.findIndex((token) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    return depth === 0;
  });
  return closes === tokens.length - 1 ? withoutParentheses(tokens.slice(1, -1)) : tokens;
}
