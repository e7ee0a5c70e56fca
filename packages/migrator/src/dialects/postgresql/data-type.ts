import type { DataType } from '../../schema/data-type.ts';
import { quoteIdentifier } from './literal.ts';

const plain = {
  integer: 'INTEGER',
  smallInteger: 'SMALLINT',
  bigInteger: 'BIGINT',
  text: 'TEXT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  time: 'TIME WITHOUT TIME ZONE',
  float: 'REAL',
  double: 'DOUBLE PRECISION',
  json: 'JSONB',
  binary: 'BYTEA',
  uuid: 'UUID',
} as const;

/** A column type as PostgreSQL spells it; a `raw` one that is another name of a portable type is spelled as that. */
export function renderType(type: DataType): string {
  const known = localizeType(type);
  switch (known.kind) {
    case 'string':
      return known.length === null ? 'VARCHAR' : `VARCHAR(${known.length})`;
    case 'dateTime':
      return `TIMESTAMP ${known.timezone ? 'WITH' : 'WITHOUT'} TIME ZONE`;
    case 'numeric':
      return known.precision === null ? 'NUMERIC' : `NUMERIC(${known.precision}, ${known.scale ?? 0})`;
    case 'enum':
      return quoteIdentifier(known.name);
    case 'raw':
      return known.postgresql;
    default:
      return plain[known.kind];
  }
}

/** A type as the database will report it: a scale filled in, `raw` recognised or brought into PostgreSQL's own spelling. */
export function localizeType(type: DataType): DataType {
  if (type.kind === 'numeric' && type.precision !== null) return { ...type, scale: type.scale ?? 0 };
  return type.kind === 'raw' ? parseType(type.postgresql) : type;
}

/** Other names of a type, as PostgreSQL's grammar and catalog have them; the values are what `format_type` says. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['int', 'integer'],
  ['int4', 'integer'],
  ['int2', 'smallint'],
  ['int8', 'bigint'],
  ['bool', 'boolean'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['float', 'double precision'],
  ['decimal', 'numeric'],
  ['dec', 'numeric'],
  ['varchar', 'character varying'],
  ['char varying', 'character varying'],
  ['char', 'character'],
  ['bpchar', 'character'],
  ['varbit', 'bit varying'],
  ['timestamptz', 'timestamp with time zone'],
  ['timetz', 'time with time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['time', 'time without time zone'],
]);

const simple: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ['integer', { kind: 'integer' }],
  ['smallint', { kind: 'smallInteger' }],
  ['bigint', { kind: 'bigInteger' }],
  ['text', { kind: 'text' }],
  ['boolean', { kind: 'boolean' }],
  ['timestamp without time zone', { kind: 'dateTime', timezone: false }],
  ['timestamp with time zone', { kind: 'dateTime', timezone: true }],
  ['date', { kind: 'date' }],
  ['time without time zone', { kind: 'time' }],
  ['real', { kind: 'float' }],
  ['double precision', { kind: 'double' }],
  ['numeric', { kind: 'numeric', precision: null, scale: null }],
  ['character varying', { kind: 'string', length: null }],
  ['jsonb', { kind: 'json' }],
  ['bytea', { kind: 'binary' }],
  ['uuid', { kind: 'uuid' }],
]);

interface TypeParts {
  readonly name: string;
  /** What stands in parentheses; empty where there is nothing. */
  readonly modifiers: readonly string[];
  /** `[]`, once per dimension written. */
  readonly array: string;
}

/**
 * Reads a type as `format_type` or an author spells it.
 *
 * @returns `raw`, in the spelling of `format_type`, for a type that {@link DataType} has no word for. Both its texts are
 *   that spelling: what SQLite would call it is not known here.
 */
export function parseType(text: string): DataType {
  const parts = split(text);
  return portable(parts) ?? raw(spell(parts));
}

function raw(spelling: string): DataType {
  return { kind: 'raw', sqlite: spelling, postgresql: spelling };
}

function portable({ name, modifiers, array }: TypeParts): DataType | undefined {
  if (array !== '') return undefined;
  if (modifiers.length === 0) return simple.get(name);
  const numbers = modifiers.map(Number);
  if (!numbers.every(Number.isInteger)) return undefined;
  const [first, second] = numbers as [number, number?];
  if (name === 'character varying') return { kind: 'string', length: first };
  if (name === 'numeric') return { kind: 'numeric', precision: first, scale: second ?? 0 };
  return undefined;
}

function spell({ name, modifiers, array }: TypeParts): string {
  const inner = modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
  const zone = / with(?:out)? time zone$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, name.length - zone.length)}${inner}${zone}${array}`;
}

const form = /^(.*?)\s*(?:\(([^()]*)\))?(\s+with(?:out)? time zone)?((?:\s*\[\d*\])*)$/s;

function split(text: string): TypeParts {
  const [, base = '', inner, zone = '', dimensions = ''] = form.exec(foldCase(text)) ?? [];
  const modifiers = inner === undefined ? [] : inner.split(',').map((each) => each.trim());
  // PostgreSQL keeps neither the sizes nor the number of an array's dimensions.
  const array = dimensions === '' ? '' : '[]';
  return floatOf(base, modifiers, array) ?? { name: nameOf(`${base}${zone}`), modifiers, array };
}

function nameOf(written: string): string {
  const name = written.replace(/^pg_catalog\./, '');
  return aliases.get(name) ?? name;
}

/** `float(n)` is one of two types; `character` alone has one character. */
function floatOf(base: string, modifiers: readonly string[], array: string): TypeParts | undefined {
  if (base === 'float' && modifiers.length === 1) {
    return { name: Number(modifiers[0]) <= 24 ? 'real' : 'double precision', modifiers: [], array };
  }
  if (['char', 'character'].includes(base) && modifiers.length === 0) {
    return { name: 'character', modifiers: ['1'], array };
  }
  return undefined;
}

/** Lower case and single spaces, but for what stands in quotes. */
function foldCase(text: string): string {
  return text
    .trim()
    .split(/("(?:[^"]|"")*")/)
    .map((part, at) => (at % 2 === 1 ? part : part.toLowerCase().replaceAll(/\s+/g, ' ')))
    .join('');
}
