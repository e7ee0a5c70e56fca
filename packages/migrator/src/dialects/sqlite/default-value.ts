import { isSqlExpression, type SqlValue, sql } from '../../schema/expression.ts';
import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';
import { withCommentEnded } from '../parenthesized.ts';
import { quoteLiteral } from './literal.ts';
import { meaningful, withoutOuterParentheses } from './sql-text.ts';

const bareWords = new Set(['NULL', 'TRUE', 'FALSE', 'CURRENT_TIME', 'CURRENT_DATE', 'CURRENT_TIMESTAMP']);

/** What stands after the keyword DEFAULT: a literal or a CURRENT_… word bare, any other expression in parentheses. */
export function renderDefault(value: SqlValue): string {
  if (!isSqlExpression(value)) return quoteLiteral(value);
  const text = withCommentEnded(value.text);
  return text === value.text && isBare(meaningful(tokenizeSql(text))) ? text : `(${text})`;
}

/** Whether SQLite's grammar takes it without parentheses: `DEFAULT term`, `DEFAULT + term`, `DEFAULT - term`. */
function isBare(tokens: readonly SqlToken[]): boolean {
  const signed = tokens[0]?.text === '-' || tokens[0]?.text === '+';
  const [token, ...more] = signed ? tokens.slice(1) : tokens;
  if (!token || more.length > 0) return false;
  if (token.kind === 'number') return true;
  if (signed) return false;
  return token.kind === 'string' || (token.kind === 'word' && bareWords.has(token.text.toUpperCase()));
}

/**
 * The value of a default as it is stored, so that rendering it gives the same text.
 *
 * @param text what stands after DEFAULT, with or without parentheses around an expression.
 * @returns null for `DEFAULT NULL`, which is no default.
 */
export function parseDefault(text: string): SqlValue | null {
  const inner = withoutOuterParentheses(text);
  const tokens = meaningful(tokenizeSql(inner));
  const [token] = tokens;
  if (tokens.length === 1 && token) {
    if (token.kind === 'string' && token.text.startsWith("'")) return token.value;
    if (token.kind === 'word' && token.text.toUpperCase() === 'NULL') return null;
    // SQLite takes a bare name here for a text.
    const isName =
      token.kind === 'quoted' || (token.kind === 'word' && !bareWords.has(token.text.toUpperCase()));
    if (isName) return token.value;
  }
  const number = Number(inner);
  // A text that the number would not give back, such as 1.0 or 0x10, stays as it is.
  return inner !== '' && String(number) === inner && Number.isFinite(number) ? number : sql(inner);
}

/** A default as it will be read back. */
export function normalizeDefault(value: SqlValue | null): SqlValue | null {
  return value === null ? null : parseDefault(renderDefault(value));
}

/** Whether ALTER TABLE can add a column with this default to a table that has rows. */
export function isConstantDefault(value: SqlValue): boolean {
  if (!isSqlExpression(value)) return true;
  const tokens = meaningful(tokenizeSql(value.text));
  return isBare(tokens) && !tokens.some((token) => token.text.toUpperCase().startsWith('CURRENT_'));
}
