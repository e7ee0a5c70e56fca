import { tokenizeSql } from '../schema/sql-lexer.ts';

/** An expression in parentheses. */
export function parenthesized(expression: string): string {
  return `(${withCommentEnded(expression)})`;
}

/** An expression that may stand before something else: a comment at its end must not swallow that. */
export function withCommentEnded(expression: string): string {
  const endsInComment = tokenizeSql(expression).at(-1)?.text.startsWith('--') ?? false;
  return endsInComment ? `${expression}\n` : expression;
}
