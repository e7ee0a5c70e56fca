import type { MisfittingDefault } from '../../operations/operation.ts';
import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import { isSqlExpression, type SqlValue, sql } from '../../schema/expression.ts';
import { tokenizeSql } from '../../schema/sql-lexer.ts';
import { fitsType, isTruthWord, misfittingDefault, type PlainDefault, truthValue } from '../default-fit.ts';
import { renderType } from './data-type.ts';
import { meaningful } from './sql-text.ts';

/**
 * The default of a column that gets another type, as a value of that type: SQLite converts neither a truth value from its
 * word nor a moment to its day.
 *
 * @throws OperationError `OPERATION_INVALID` for a default that is no value of the type, and either new or one of the old.
 */
export function defaultOfType(
  table: string,
  before: Column,
  type: DataType,
  serverDefault: SqlValue | null,
): SqlValue | null {
  const value = serverDefault === null ? null : plainValue(serverDefault);
  if (value === null) return serverDefault;
  if (!fits(value, type)) {
    // What SQLite has let stand with the old type is not for a change of the type to mend.
    if (serverDefault === before.serverDefault && !fits(value, before.type)) return serverDefault;
    throw misfittingDefault(table, before.name, value, type, renderType(type));
  }
  if (value.kind === 'moment') return currentOf(type) ?? serverDefault;
  const truth = type.kind === 'boolean' ? truthValue(value.text) : null;
  return truth ?? serverDefault;
}

/**
 * What keeps a new column from having the default that a script gives it, undefined where nothing does. An expression is the
 * author's own affair, and so is a literal in `sql(…)`.
 *
 * @param column as the script has it.
 */
export function misfitOf(column: Column): MisfittingDefault | undefined {
  const { name, type, serverDefault } = column;
  if (serverDefault === null || isSqlExpression(serverDefault) || type.kind === 'binary') return undefined;
  // SQLite has numbers for truth values.
  const text = String(typeof serverDefault === 'boolean' ? Number(serverDefault) : serverDefault);
  if (fits({ kind: 'literal', text }, type)) return undefined;
  return { column: name, serverDefault: text, type, spelled: renderType(type) };
}

/** The default of a new column: a truth value in words is the number that SQLite has for it. */
export function defaultOfNew(column: Column): SqlValue | null {
  const { serverDefault } = column;
  return isTruthWord(column) ? (truthValue(String(serverDefault)) ?? serverDefault) : serverDefault;
}

/** No literal is a BLOB but one that is written as such; a number is a moment, as it is in rows. */
function fits(value: PlainDefault, type: DataType): boolean {
  if (type.kind === 'binary') return false;
  const isMoment = type.kind === 'dateTime' || type.kind === 'date' || type.kind === 'time';
  return fitsType(value, type) || (isMoment && fitsType(value, { kind: 'double' }));
}

function currentOf({ kind }: DataType): SqlValue | null {
  if (kind === 'date') return sql('CURRENT_DATE');
  return kind === 'time' ? sql('CURRENT_TIME') : null;
}

/** @returns null for an expression, and for a BLOB. */
function plainValue(value: SqlValue): PlainDefault | null {
  if (!isSqlExpression(value)) return { kind: 'literal', text: String(value) };
  const tokens = meaningful(tokenizeSql(value.text));
  const signed = tokens[0]?.text === '-' || tokens[0]?.text === '+';
  const [token, ...more] = signed ? tokens.slice(1) : tokens;
  if (!token || more.length > 0) return null;
  const text = token.text.toUpperCase();
  if (token.kind === 'number') {
    const number = text.startsWith('0X') ? String(Number(text)) : text;
    return { kind: 'literal', text: tokens[0]?.text === '-' ? `-${number}` : number };
  }
  if (token.kind !== 'word' || signed) return null;
  if (text.startsWith('CURRENT_')) return { kind: 'moment', text };
  return text === 'TRUE' || text === 'FALSE' ? { kind: 'literal', text: text === 'TRUE' ? '1' : '0' } : null;
}
