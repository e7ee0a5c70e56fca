import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import { affinityOf } from './data-type.ts';
import { quoteIdentifier } from './literal.ts';
import { declaredType } from './table-definition.ts';

const ranges = {
  smallInteger: [-32768n, 32767n],
  integer: [-2147483648n, 2147483647n],
  bigInteger: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/**
 * The condition under which a value fits the new type of its column, after SQLite has stored it: SQLite itself stores
 * anything anywhere, and what fits must be the same as on other databases.
 *
 * @param before the column the values come from; undefined where they come from an expression.
 * @returns null where every value fits.
 */
export function fitCondition(before: Column | undefined, after: Column): string | null {
  if (before && declaredType(before) === declaredType(after)) return null;
  const conditions = conditionsOf(before, after);
  if (conditions.length === 0) return null;
  return `${quoteIdentifier(after.name)} IS NULL OR (${conditions.join(' AND ')})`;
}

function conditionsOf(before: Column | undefined, after: Column): string[] {
  const value = quoteIdentifier(after.name);
  const { type } = after;
  switch (type.kind) {
    case 'integer':
    case 'smallInteger':
    case 'bigInteger':
      return integerConditions(before?.type, type.kind, value);
    case 'string':
    case 'text':
    case 'uuid':
    case 'enum':
      return textConditions(before, type, value);
    case 'boolean':
      return [`typeof(${value}) = 'integer' AND ${value} IN (0, 1)`];
    case 'float':
    case 'double':
      return [`typeof(${value}) IN ('integer', 'real')`];
    case 'numeric':
      return numericConditions(type, value);
    // A number is a moment, too: seconds, milliseconds or a Julian day.
    case 'dateTime':
      return [`typeof(${value}) IN ('integer', 'real') OR ${isMoment(value)}`];
    // A date is a midnight, and to SQLite a time is one of the first day of 2000: what says more would be cut elsewhere.
    case 'date':
      return [
        `typeof(${value}) IN ('integer', 'real') OR ${isMoment(value)} AND julianday(${value}) = julianday(date(${value}))`,
      ];
    case 'time':
      return [`typeof(${value}) IN ('integer', 'real') OR date(${value}) IS '2000-01-01'`];
    case 'json':
      return [`typeof(${value}) <> 'blob' AND json_valid(${value})`];
    case 'binary':
      return [`typeof(${value}) = 'blob'`];
    case 'raw':
      return rawConditions(declaredType(after), value);
  }
}

/** SQLite also takes `now` and a time alone for a moment, and the 31st of February for a day in March. */
function isMoment(value: string): string {
  const day = `substr(${value}, 1, 10)`;
  return `julianday(${value}) IS NOT NULL AND date(${day}) IS ${day}`;
}

function integerConditions(before: DataType | undefined, kind: keyof typeof ranges, value: string): string[] {
  const [low, high] = ranges[kind];
  const held = before && before.kind in ranges ? ranges[before.kind as keyof typeof ranges] : undefined;
  if (held && held[0] >= low && held[1] <= high) return [];
  const inRange = kind === 'bigInteger' ? [] : [`${value} BETWEEN ${low} AND ${high}`];
  return [`typeof(${value}) = 'integer'`, ...inRange];
}

function textConditions(before: Column | undefined, type: DataType, value: string): string[] {
  const wasText = before !== undefined && affinityOf(declaredType(before)) === 'TEXT';
  const limit = lengthOf(type);
  const heldLimit = before && wasText ? lengthOf(before.type) : null;
  const narrowed = limit !== null && (heldLimit === null || heldLimit > limit);
  return [
    ...(wasText ? [] : [`typeof(${value}) = 'text'`]),
    ...(narrowed ? [`length(${value}) <= ${limit}`] : []),
  ];
}

function lengthOf(type: DataType): number | null {
  if (type.kind === 'uuid') return 36;
  return type.kind === 'string' ? type.length : null;
}

function numericConditions(type: Extract<DataType, { kind: 'numeric' }>, value: string): string[] {
  const digits = type.precision === null ? null : type.precision - (type.scale ?? 0);
  const limit =
    digits === null ? [] : [`abs(${value}) < 1e${digits}`, `round(${value}, ${type.scale ?? 0}) = ${value}`];
  return [`typeof(${value}) IN ('integer', 'real')`, ...limit];
}

function rawConditions(declared: string, value: string): string[] {
  switch (affinityOf(declared)) {
    case 'INTEGER':
      return [`typeof(${value}) = 'integer'`];
    case 'REAL':
      return [`typeof(${value}) IN ('integer', 'real')`];
    case 'TEXT':
      return [`typeof(${value}) = 'text'`];
    case 'BLOB':
    case 'NUMERIC':
      return [];
  }
}
