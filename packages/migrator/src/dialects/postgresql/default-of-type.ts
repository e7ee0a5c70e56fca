import type { MisfittingDefault } from '../../operations/operation.ts';
import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import { isSqlExpression, type SqlValue } from '../../schema/expression.ts';
import { fitsType, misfittingDefault, type PlainDefault } from '../default-fit.ts';
import { isNumber } from './assignment-cast.ts';
import { renderType } from './data-type.ts';
import { parseDefault } from './default-value.ts';

/**
 * A default that stays with a column, or comes, while it gets another type.
 *
 * @throws OperationError `OPERATION_INVALID` for one that is no value of the type.
 */
export function requireFittingDefault(
  table: string,
  column: string,
  value: SqlValue | null,
  type: DataType,
): void {
  // A truth value becomes the number that its rows become.
  if (typeof value === 'boolean' && isNumber(type)) return;
  const plain = value === null ? null : plainValue(value);
  if (plain && !fitsType(plain, type)) throw misfittingDefault(table, column, plain, type, renderType(type));
}

/**
 * What keeps a new column from having the default that a script gives it, undefined where nothing does. An expression is the
 * author's own affair, and so is a literal in `sql(…)`.
 *
 * @param value as the script has it.
 * @param column localized.
 */
export function misfitOf(value: SqlValue | null, { name, type }: Column): MisfittingDefault | undefined {
  if (value === null || isSqlExpression(value) || type.kind === 'binary') return undefined;
  if (typeof value === 'boolean' && isNumber(type)) return undefined;
  const text = String(value);
  if (fitsType({ kind: 'literal', text }, type)) return undefined;
  return { column: name, serverDefault: text, type, spelled: renderType(type) };
}

/** @returns null for an expression. */
function plainValue(value: SqlValue): PlainDefault | null {
  const read = isSqlExpression(value) ? parseDefault(value.text, { kind: 'text' }) : value;
  if (read === null) return null;
  if (!isSqlExpression(read)) return { kind: 'literal', text: String(read) };
  const word = read.text.trim().toUpperCase();
  const text = currentWords.get(word);
  return text === undefined ? null : { kind: 'moment', text };
}

const currentWords: ReadonlyMap<string, string> = new Map([
  ['CURRENT_TIMESTAMP', 'CURRENT_TIMESTAMP'],
  ['NOW()', 'CURRENT_TIMESTAMP'],
  ['LOCALTIMESTAMP', 'CURRENT_TIMESTAMP'],
  ['CURRENT_DATE', 'CURRENT_DATE'],
  ['CURRENT_TIME', 'CURRENT_TIME'],
  ['LOCALTIME', 'CURRENT_TIME'],
]);
