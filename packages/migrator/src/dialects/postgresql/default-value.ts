import type { DataType } from '../../schema/data-type.ts';
import { isSqlExpression, type SqlValue, sql } from '../../schema/expression.ts';
import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';
import { fitsType, truthValue, wholeNumber } from '../default-fit.ts';
import { parenthesized } from '../parenthesized.ts';
import { isNumber } from './assignment-cast.ts';
import { quoteLiteral } from './literal.ts';
import { canonicalMoment } from './moment.ts';
import { withoutParentheses } from './strip-parentheses.ts';

/**
 * A default in the one form that both an author's and the database's own spelling are brought into: a literal as
 * text in the type's own spelling (for a boolean, as boolean), else the expression.
 *
 * `0`, `'0'` and `sql('0')` on an integer column are all `'0'`; PostgreSQL reports `0`. Literals are always written
 * quoted (`DEFAULT '0'`), which PostgreSQL reads as a value of the column's type, whatever that is.
 *
 * @returns null where there is no default, as with `sql('NULL')`.
 */
export function normalizeDefault(value: SqlValue | null, type: DataType): SqlValue | null {
  if (value === null) return null;
  // A number that was a truth value has the default that its rows have.
  if (typeof value === 'boolean' && isNumber(type)) return literalOf(value ? '1' : '0', type);
  if (!isSqlExpression(value)) return literalOf(String(value), type);
  return parseDefault(value.text, type);
}

/**
 * Reads a default as `pg_get_expr` or an author writes it, e.g. `'x'::character varying`.
 *
 * Only a single cast is taken off a literal: `('now'::text)::date` is evaluated anew for each row.
 */
export function parseDefault(text: string, type: DataType): SqlValue | null {
  const tokens = withoutParentheses(
    tokenizeSql(text).filter((token) => token.kind !== 'space' && token.kind !== 'comment'),
  );
  const cast = tokens.findIndex((token) => token.text === '::');
  const value = cast === -1 ? tokens : withoutParentheses(tokens.slice(0, cast));
  const plain = cast === -1 || isTypeName(tokens.slice(cast + 1));
  const literal = plain ? literalText(value) : undefined;
  if (literal === null) return null;
  if (literal === undefined || ((!isText(value) || cast !== -1) && isConverted(literal, type)))
    return sql(text.trim());
  return literalOf(literal, type);
}

/** `DEFAULT …` without the keyword. */
export function renderDefault(value: SqlValue): string {
  if (isSqlExpression(value)) return isOneTerm(value.text) ? value.text : parenthesized(value.text);
  return typeof value === 'boolean' ? quoteLiteral(value) : quoteLiteral(String(value));
}

/** A word, a call or a literal needs no parentheses after `DEFAULT`; everything else gets them. */
function isOneTerm(text: string): boolean {
  return /^\s*(?:[\w.]+|[\w.]+\([^()]*\))\s*$/.test(text);
}

/**
 * A number that is no whole one, or too big, is converted when a row needs it, while a text that says it is refused at once:
 * `1.5`, `'-1.5'::numeric`.
 */
function isConverted(literal: string, type: DataType): boolean {
  const isWhole = type.kind === 'integer' || type.kind === 'smallInteger' || type.kind === 'bigInteger';
  return isWhole && !fitsType({ kind: 'literal', text: literal }, type);
}

function isText([token]: readonly SqlToken[]): boolean {
  return token?.kind === 'string';
}

function isTypeName(tokens: readonly SqlToken[]): boolean {
  return tokens.every((token) => token.kind !== 'string' && /^(?:[\w\s.,()[\]]+|".*")$/su.test(token.text));
}

/** The text of a literal, null for NULL, undefined where the tokens are no literal. */
function literalText(tokens: readonly SqlToken[]): string | null | undefined {
  const [first, second] = tokens;
  if (tokens.length === 2 && second?.kind === 'number' && (first?.text === '-' || first?.text === '+')) {
    return first.text === '-' ? `-${second.text}` : second.text;
  }
  if (tokens.length !== 1 || first === undefined) return undefined;
  if (first.kind === 'number') return first.text;
  if (first.kind === 'string') return stringText(first);
  const word = first.kind === 'word' ? first.text.toLowerCase() : '';
  if (word === 'null') return null;
  return word === 'true' || word === 'false' ? word : undefined;
}

/** Bit strings and unusual escapes stay expressions. */
function stringText({ text, value }: SqlToken): string | undefined {
  if (text.startsWith("'")) return value;
  const backslashesOnly = /^[eE]/.test(text) && /^(?:[^\\]|\\\\)*$/.test(value);
  return backslashesOnly ? value.replaceAll('\\\\', '\\') : undefined;
}

function literalOf(text: string, type: DataType): SqlValue {
  switch (type.kind) {
    case 'integer':
    case 'smallInteger':
    case 'bigInteger':
      return wholeNumber(text)?.toString() ?? text;
    case 'float':
    case 'double':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? String(Number(text)) : text;
    case 'numeric':
      return text.trim().replace(/^\+/, '');
    case 'boolean':
      return truthValue(text) ?? text;
    case 'uuid':
      return text.toLowerCase();
    case 'json':
      return jsonOf(text);
    case 'dateTime':
      return canonicalMoment(text, type.kind, type.timezone);
    case 'date':
    case 'time':
      return canonicalMoment(text, type.kind);
    default:
      return text;
  }
}

/** JSON without spaces and with sorted keys, unless a number in it is more than JavaScript can hold. */
function jsonOf(text: string): string {
  try {
    const compact = JSON.stringify(sorted(JSON.parse(text)));
    return /\d{16}/.test(text) ? text : compact;
  } catch {
    return text; // Not JSON: the database will say so.
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
