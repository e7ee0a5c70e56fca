import { text as aText, requireArguments } from './arguments.ts';

/** A piece of SQL, taken as it is written. */
export interface SqlExpression {
  readonly kind: 'sql';
  readonly text: string;
}

/** A literal, or an expression. `'0'` is the literal `'0'`; `sql('CURRENT_TIMESTAMP')` is evaluated. */
export type SqlValue = string | number | boolean | SqlExpression;

/**
 * Marks text as SQL where a plain string would be a literal.
 *
 * @param text the expression as the database reads it.
 */
export function sql(text: string): SqlExpression {
  requireArguments('sql', { text: aText }, { text });
  return { kind: 'sql', text };
}

export function isSqlExpression(value: unknown): value is SqlExpression {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'sql';
}
