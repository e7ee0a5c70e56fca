import type { DataType } from '../../schema/data-type.ts';
import { hasAssignmentCast, isJson, isNumber, isText } from './assignment-cast.ts';
import { renderType } from './data-type.ts';
import { losesKeys } from './lost-keys.ts';
import { isAnotherText } from './text-form.ts';

/** How a column's values become values of another type. */
export interface ValueRoute {
  /** SQL that makes the new value, or null for PostgreSQL's own assignment cast. */
  readonly using: string | null;
  /** The condition under which a value would be another one then, without an error; null where there is no such value. */
  readonly changed: string | null;
  /** Whether PostgreSQL converts such values by itself, by an assignment cast. */
  readonly usual: boolean;
}

/**
 * The way from one type to another that depends on nobody's settings. Where PostgreSQL has no assignment cast, it is the
 * value's text, which every type can be written as and read from; what cannot be read is an error.
 *
 * @param column SQL of the value.
 */
export function valueRoute(column: string, from: DataType, to: DataType): ValueRoute {
  return momentRoute(column, from, to) ?? numberRoute(column, from, to) ?? plainRoute(column, from, to);
}

/** Moments with a time zone are those of UTC: a cast would take the zone of whoever migrates. */
function momentRoute(column: string, from: DataType, to: DataType): ValueRoute | null {
  const [before, after] = [momentOf(from), momentOf(to)];
  const sameZone = (before === 'zoned') === (after === 'zoned');
  if (before === null || after === null || sameZone || before === 'time') return null;
  const local = renderType(from) === 'DATE' ? `${column}::timestamp` : column;
  const using = `${local} AT TIME ZONE 'UTC'`;
  // A time alone cannot be turned back.
  if (after === 'time') return { using, changed: `${column} IS NOT NULL`, usual: true };
  const target = `(${using})::${renderType(to)}`;
  const back = after === 'local' ? `${target}::timestamp` : target;
  const exact = to.kind === 'dateTime';
  const changed = exact ? null : `${back} AT TIME ZONE 'UTC' IS DISTINCT FROM ${column}`;
  return { using, changed, usual: true };
}

function momentOf(type: DataType): 'zoned' | 'local' | 'time' | null {
  const spelled = renderType(type).toLowerCase();
  if (/^timestamp(?:\(\d\))? with time zone$/.test(spelled)) return 'zoned';
  if (spelled === 'date' || /^timestamp(?:\(\d\))? without time zone$/.test(spelled)) return 'local';
  return /^time(?:\(\d\))? without time zone$/.test(spelled) ? 'time' : null;
}

/** Truth values are 0 and 1; an amount of money is a number. */
function numberRoute(column: string, from: DataType, to: DataType): ValueRoute | null {
  if (from.kind === 'boolean' && isNumber(to)) {
    return { using: `${column}::integer`, changed: null, usual: false };
  }
  if (isNumber(from) && to.kind === 'boolean') {
    return { using: `${column}::integer::boolean`, changed: `${column} NOT IN (0, 1)`, usual: false };
  }
  if (isMoney(from) && isNumber(to)) {
    const using = `${column}::numeric`;
    const changed = `${using}::${renderType(to)}::text::numeric IS DISTINCT FROM ${using}`;
    return { using, changed, usual: true };
  }
  if (isNumber(from) && isMoney(to)) {
    const using = `${asNumeric(column, from)}::money`;
    return { using, changed: `${using}::numeric IS DISTINCT FROM ${asNumeric(column, from)}`, usual: true };
  }
  if (isFloat(from) && to.kind === 'numeric') {
    const using = asNumeric(column, from);
    const changed = `${using}::${renderType(to)}::${renderType(from)} IS DISTINCT FROM ${column}`;
    return { using, changed, usual: true };
  }
  return null;
}

/** The cast would cut a floating-point number to 6 or 15 digits, its text does not. */
function asNumeric(column: string, from: DataType): string {
  return isFloat(from) ? `${column}::text::numeric` : `${column}::numeric`;
}

function isFloat(type: DataType): boolean {
  return type.kind === 'float' || type.kind === 'double';
}

function isMoney(type: DataType): boolean {
  return type.kind === 'raw' && renderType(type) === 'money';
}

function plainRoute(column: string, from: DataType, to: DataType): ValueRoute {
  if (hasAssignmentCast(from, to))
    return { using: null, changed: changedByCast(column, from, to), usual: true };
  const text = `${column}::text`;
  const changed = isAnotherText(`(${text} COLLATE "C")`, to);
  return { using: `${text}::${renderType(to)}`, changed, usual: false };
}

/** What PostgreSQL's assignment cast makes something else of, where it ought to refuse it. */
function changedByCast(column: string, from: DataType, to: DataType): string | null {
  const [before, after] = [renderType(from), renderType(to)];
  if (isJson(from) && isJson(to)) {
    return to.kind === 'json' ? losesKeys(`${column}::text`, `${column}::JSONB::text`) : null;
  }
  // A time alone cannot be turned back.
  if (from.kind === 'dateTime' && to.kind === 'time') return `${column} IS NOT NULL`;
  if (from.kind === 'raw' || to.kind === 'raw') {
    // Every type can be written and read, but not every one compared or cast to every other.
    return `${column}::${after}::text::${before}::text IS DISTINCT FROM ${column}::text COLLATE "C"`;
  }
  if (!mayRound(from, to)) return null;
  if (integers.includes(from.kind)) return isRounded(column, from, after);
  const back = from.kind === 'numeric' && isFloat(to) ? '::text' : '';
  return `${column}::${after}${back}::${before} IS DISTINCT FROM ${column}`;
}

/** A floating-point number may be bigger than every integer of the type it comes from: no more than rounded, it is no error. */
function isRounded(column: string, from: DataType, float: string): string {
  const rounded = `${column}::${float}`;
  const differs = `${rounded}::bigint IS DISTINCT FROM ${column}`;
  if (from.kind !== 'bigInteger') return differs;
  return `CASE WHEN ${rounded} >= 9223372036854775808::${float} THEN true ELSE ${differs} END`;
}

const integers: readonly DataType['kind'][] = ['smallInteger', 'integer', 'bigInteger'];

function mayRound(from: DataType, to: DataType): boolean {
  // Too long a text is an error, but for spaces at its end, which go without a word.
  if (to.kind === 'string' && isText(from)) {
    const held = from.kind === 'string' ? from.length : null;
    return to.length !== null && (held === null || held > to.length);
  }
  // `extra_float_digits` may be set to fewer than all.
  if (isText(to)) return isFloat(from);
  if (from.kind === 'dateTime') return to.kind === 'date';
  if (!isNumber(from) || !isNumber(to)) return false;
  if (integers.includes(from.kind)) return isFloat(to);
  if (from.kind === 'float' && to.kind === 'double') return false;
  if (from.kind === 'numeric' && to.kind === 'numeric') {
    return to.precision !== null && (from.precision === null || (from.scale ?? 0) > (to.scale ?? 0));
  }
  return !(from.kind !== 'numeric' && to.kind === 'numeric' && to.precision === null);
}
