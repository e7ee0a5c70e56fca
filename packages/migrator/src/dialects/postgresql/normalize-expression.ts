import { parseExpression } from './expression-parser.ts';
import { expressionTokens } from './expression-tokens.ts';
import { UnknownSyntax } from './token-reader.ts';

/**
 * An expression in a form in which an author's text and PostgreSQL's own spelling of it are the same, for comparison
 * only: it is not meant to be run.
 *
 * PostgreSQL keeps an expression as a tree and writes it its own way: all parentheses, casts where types differ, `~~` for
 * LIKE, `= ANY (ARRAY[…])` for IN. Here parentheses follow the precedence, casts are gone, and such forms are brought
 * together. Two expressions that differ in a cast only count as the same. What the grammar here does not know is
 * compared word by word.
 */
export function normalizeExpression(expression: string): string {
  const tokens = expressionTokens(expression);
  try {
    return parseExpression(tokens).text;
  } catch (error) {
    if (!(error instanceof UnknownSyntax)) throw error;
    return tokens.map((each) => (each.kind === 'string' ? `'${each.value}'` : each.value)).join(' ');
  }
}
