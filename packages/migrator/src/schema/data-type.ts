import {
  name as aName,
  flag,
  listOf,
  nullable,
  objectWith,
  optional,
  options as optionsOf,
  requireArguments,
  text,
  wholeFrom,
} from './arguments.ts';

/**
 * Column types, named after SQLAlchemy's generic types. A type is portable: each dialect renders it its own way
 * (see `dialects/<name>/data-type.ts`). `raw` is the way out for a type only one database has.
 */
export type DataType =
  | { readonly kind: 'integer' }
  | { readonly kind: 'smallInteger' }
  | { readonly kind: 'bigInteger' }
  | { readonly kind: 'string'; readonly length: number | null }
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'dateTime'; readonly timezone: boolean }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'float' }
  | { readonly kind: 'double' }
  | { readonly kind: 'numeric'; readonly precision: number | null; readonly scale: number | null }
  | { readonly kind: 'json' }
  | { readonly kind: 'binary' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'raw'; readonly sqlite: string; readonly postgresql: string };

const size = optional(nullable(wholeFrom(1)));
const places = optional(nullable(wholeFrom(-1000)));

/** Builders of column types for revision scripts: `column('time_done', t.dateTime())`. */
export const t = {
  integer: (): DataType => ({ kind: 'integer' }),
  smallInteger: (): DataType => ({ kind: 'smallInteger' }),
  bigInteger: (): DataType => ({ kind: 'bigInteger' }),
  /** @param length in characters; without it the text is unlimited (`VARCHAR`). */
  string: (length?: number): DataType => {
    requireArguments('t.string', { length: size }, { length });
    return { kind: 'string', length: length ?? null };
  },
  text: (): DataType => ({ kind: 'text' }),
  boolean: (): DataType => ({ kind: 'boolean' }),
  /** @param options.timezone true for `TIMESTAMP WITH TIME ZONE` on PostgreSQL; SQLite has one type for both. */
  dateTime: (options: { readonly timezone?: boolean } = {}): DataType => {
    requireArguments('t.dateTime', { options: optionsOf({ timezone: flag }) }, { options });
    return { kind: 'dateTime', timezone: options.timezone ?? false };
  },
  date: (): DataType => ({ kind: 'date' }),
  time: (): DataType => ({ kind: 'time' }),
  float: (): DataType => ({ kind: 'float' }),
  double: (): DataType => ({ kind: 'double' }),
  /** @param precision total digits; @param scale digits after the point. */
  numeric: (precision?: number, scale?: number): DataType => {
    requireArguments('t.numeric', { precision: size, scale: places }, { precision, scale });
    return { kind: 'numeric', precision: precision ?? null, scale: scale ?? null };
  },
  json: (): DataType => ({ kind: 'json' }),
  binary: (): DataType => ({ kind: 'binary' }),
  uuid: (): DataType => ({ kind: 'uuid' }),
  /** An enumeration: a type of its own on PostgreSQL, a text with a check on SQLite. */
  enum: (name: string, values: readonly string[]): DataType => {
    requireArguments('t.enum', { name: aName, values: listOf(text) }, { name, values });
    return { kind: 'enum', name, values: [...values] };
  },
  /** A type written as each database spells it. */
  raw: (types: { readonly sqlite: string; readonly postgresql: string }): DataType => {
    requireArguments('t.raw', { types: objectWith({ sqlite: text, postgresql: text }) }, { types });
    return { kind: 'raw', sqlite: types.sqlite, postgresql: types.postgresql };
  },
} as const;

/** The type of {@link t}, which `op.t` offers too. */
export type DataTypes = typeof t;
