import { OperationError } from '../errors.ts';
import type { MisfittingDefault, SchemaOperation } from '../operations/operation.ts';
import type { Column } from '../schema/column.ts';
import type { DataType } from '../schema/data-type.ts';
import { isMomentText } from './moment-text.ts';

/** A default as far as it can be judged without a database: the text of a literal, or a word of SQL's for the present. */
export interface PlainDefault {
  readonly kind: 'literal' | 'moment';
  readonly text: string;
}

/** Whether a default is a value of a type, or will be one when a row needs it. */
export function fitsType({ kind, text }: PlainDefault, type: DataType): boolean {
  return kind === 'moment' ? isMomentOf(text, type) : isValueOf(text, type);
}

/**
 * What to throw, before anything is done, for a default that is no value of its column's new type: PostgreSQL would not
 * take it, or refuse the row that needs it; SQLite would store it as it is.
 *
 * @param spelled the type as the database spells it.
 */
export function misfittingDefault(
  table: string,
  column: string,
  { kind, text }: PlainDefault,
  type: DataType,
  spelled: string,
): OperationError {
  return misfit(
    table,
    kind === 'moment' ? text : `'${text}'`,
    { column, serverDefault: text, type, spelled },
    'new type',
    'Give a `serverDefault` that does in the same alterColumn, or `serverDefault: null` for none.',
  );
}

/**
 * Refuses operations that give a column a literal default that is no value of its type.
 *
 * @throws OperationError `OPERATION_INVALID` naming table and column.
 */
export function refuseMisfits(operations: readonly SchemaOperation[]): void {
  for (const operation of operations) {
    if (!('misfit' in operation) || operation.misfit === undefined) continue;
    throw misfit(
      operation.table,
      `'${operation.misfit.serverDefault}'`,
      operation.misfit,
      'type',
      'Give a `serverDefault` that does; an expression, or a literal that the database is to take as it is, goes into sql(…).',
    );
  }
}

function misfit(
  table: string,
  value: string,
  { column, serverDefault, type, spelled }: MisfittingDefault,
  what: string,
  hint: string,
): OperationError {
  const one =
    type.kind === 'enum' ? `: one of ${type.values.map((each) => `'${each}'`).join(', ')}` : ` ${spelled}`;
  return new OperationError(
    'OPERATION_INVALID',
    `The default ${value} of column "${column}" of "${table}" does not fit its ${what}${one}.`,
    { hint, facts: { table, column, serverDefault, type: spelled } },
  );
}

const ranges = {
  smallInteger: [-32768n, 32767n],
  integer: [-2147483648n, 2147483647n],
  bigInteger: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

function isValueOf(text: string, type: DataType): boolean {
  switch (type.kind) {
    case 'smallInteger':
    case 'integer':
    case 'bigInteger': {
      const [low, high] = ranges[type.kind];
      const whole = wholeNumber(text);
      return whole !== null && whole >= low && whole <= high;
    }
    case 'float':
      return isNotFinite(text) || (isNumber(text) && Number.isFinite(Math.fround(Number(text))));
    case 'double':
      return isNotFinite(text) || (isNumber(text) && Number.isFinite(Number(text)));
    case 'numeric':
      if (isNumber(text)) return hasDigitsOf(text, type);
      return type.precision === null ? isNotFinite(text) : /^\s*nan\s*$/i.test(text);
    case 'boolean':
      return truthValue(text) !== null;
    case 'string':
      return type.length === null || [...text].length <= type.length;
    case 'enum':
      return type.values.includes(text);
    case 'uuid':
      return /^[0-9a-f]{32}$/i.test(text.replaceAll(/[{}-]/g, ''));
    case 'json':
      return isJson(text);
    case 'binary':
      return /^\\x(?:[0-9a-f]{2})*$/i.test(text);
    case 'dateTime':
    case 'date':
    case 'time':
      return isMomentText(text, type.kind);
    case 'text':
    case 'raw':
      return true;
  }
}

/** The whole number that a literal is, also one with a point and zeros only; null for any other. */
export function wholeNumber(text: string): bigint | null {
  const [, sign, digits] = /^\s*([+-]?)(\d+)(?:\.0*)?\s*$/.exec(text) ?? [];
  return digits === undefined ? null : BigInt(`${sign === '-' ? '-' : ''}${digits}`);
}

/** Whether a default is a truth value in a word, such as `'false'`, which PostgreSQL reads and SQLite has for a text. */
export function isTruthWord({ type, serverDefault }: Pick<Column, 'type' | 'serverDefault'>): boolean {
  return type.kind === 'boolean' && typeof serverDefault === 'string' && /[a-z]/i.test(serverDefault);
}

/** Source: PostgreSQL, "Boolean Type": the words it takes, and their unique beginnings. */
export function truthValue(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (/^(?:t|tr|tru|true|y|ye|yes|on|1)$/.test(word)) return true;
  return /^(?:f|fa|fal|fals|false|n|no|of|off|0)$/.test(word) ? false : null;
}

function isNumber(text: string): boolean {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text);
}

function isNotFinite(text: string): boolean {
  return /^\s*(?:nan|[+-]?inf(?:inity)?)\s*$/i.test(text);
}

function hasDigitsOf(text: string, { precision, scale }: Extract<DataType, { kind: 'numeric' }>): boolean {
  if (precision === null) return true;
  const [, digits = '', fraction = '', exponent = '0'] =
    /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text.trim()) ?? [];
  const significant = `${digits}${fraction}`.replace(/0+$/, '');
  const first = significant.search(/[1-9]/);
  if (first === -1) return true;
  // Places before the point, and behind it.
  const point = digits.length + Number(exponent);
  return point - first <= precision - (scale ?? 0) && significant.length - point <= (scale ?? 0);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `CURRENT_TIMESTAMP` and the like, which are cast as values are assigned. */
function isMomentOf(word: string, type: DataType): boolean {
  const known: Readonly<Record<string, readonly DataType['kind'][]>> = {
    CURRENT_TIMESTAMP: ['dateTime', 'date', 'time'],
    CURRENT_DATE: ['dateTime', 'date'],
    CURRENT_TIME: ['time'],
  };
  const kinds: readonly DataType['kind'][] = [...(known[word.toUpperCase()] ?? []), 'string', 'text', 'raw'];
  return kinds.includes(type.kind);
}
