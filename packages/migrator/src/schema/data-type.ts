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

/** Builders of column types for revision scripts: `column('time_done', t.dateTime())`. */
export const t = {
  integer: (): DataType => ({ kind: 'integer' }),
  smallInteger: (): DataType => ({ kind: 'smallInteger' }),
  bigInteger: (): DataType => ({ kind: 'bigInteger' }),
  /** @param length in characters; without it the text is unlimited (`VARCHAR`). */
  string: (length?: number): DataType => ({ kind: 'string', length: length ?? null }),
  text: (): DataType => ({ kind: 'text' }),
  boolean: (): DataType => ({ kind: 'boolean' }),
  /** @param options.timezone true for `TIMESTAMP WITH TIME ZONE` on PostgreSQL; SQLite has one type for both. */
  dateTime: (options: { readonly timezone?: boolean } = {}): DataType => ({
    kind: 'dateTime',
    timezone: options.timezone ?? false,
  }),
  date: (): DataType => ({ kind: 'date' }),
  time: (): DataType => ({ kind: 'time' }),
  float: (): DataType => ({ kind: 'float' }),
  double: (): DataType => ({ kind: 'double' }),
  /** @param precision total digits; @param scale digits after the point. */
  numeric: (precision?: number, scale?: number): DataType => ({
    kind: 'numeric',
    precision: precision ?? null,
    scale: scale ?? null,
  }),
  json: (): DataType => ({ kind: 'json' }),
  binary: (): DataType => ({ kind: 'binary' }),
  uuid: (): DataType => ({ kind: 'uuid' }),
  /** An enumeration: a type of its own on PostgreSQL, a text with a check on SQLite. */
  enum: (name: string, values: readonly string[]): DataType => ({ kind: 'enum', name, values: [...values] }),
  /** A type written as each database spells it. */
  raw: (types: { readonly sqlite: string; readonly postgresql: string }): DataType => ({
    kind: 'raw',
    sqlite: types.sqlite,
    postgresql: types.postgresql,
  }),
} as const;

/** The type of {@link t}, which `op.t` offers too. */
export type DataTypes = typeof t;
