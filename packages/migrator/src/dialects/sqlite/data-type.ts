import type { DataType } from '../../schema/data-type.ts';

const plain = {
  integer: 'INTEGER',
  smallInteger: 'SMALLINT',
  bigInteger: 'BIGINT',
  text: 'TEXT',
  boolean: 'BOOLEAN',
  dateTime: 'DATETIME',
  date: 'DATE',
  time: 'TIME',
  float: 'FLOAT',
  double: 'DOUBLE',
  json: 'JSON',
  binary: 'BLOB',
  uuid: 'CHAR(36)',
} as const;

/** A column type as SQLAlchemy and Alembic spell it on SQLite; an enumeration is a text as long as its longest value. */
export function renderType(type: DataType): string {
  switch (type.kind) {
    case 'string':
      return type.length === null ? 'VARCHAR' : `VARCHAR(${type.length})`;
    case 'numeric':
      return renderNumeric(type.precision, type.scale);
    case 'enum':
      return `VARCHAR(${longest(type.values)})`;
    case 'raw':
      return type.sqlite;
    default:
      return plain[type.kind];
  }
}

function renderNumeric(precision: number | null, scale: number | null): string {
  if (precision === null) return 'NUMERIC';
  return scale === null ? `NUMERIC(${precision})` : `NUMERIC(${precision}, ${scale})`;
}

/** The number of characters of the longest value. */
export function longest(values: readonly string[]): number {
  return Math.max(1, ...values.map((value) => [...value].length));
}

/** Other names people and tools give these types. */
const names: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ['INTEGER', { kind: 'integer' }],
  ['INT', { kind: 'integer' }],
  ['INT4', { kind: 'integer' }],
  ['SMALLINT', { kind: 'smallInteger' }],
  ['INT2', { kind: 'smallInteger' }],
  ['BIGINT', { kind: 'bigInteger' }],
  ['INT8', { kind: 'bigInteger' }],
  ['VARCHAR', { kind: 'string', length: null }],
  ['CHARACTER VARYING', { kind: 'string', length: null }],
  ['NVARCHAR', { kind: 'string', length: null }],
  ['TEXT', { kind: 'text' }],
  ['CLOB', { kind: 'text' }],
  ['BOOLEAN', { kind: 'boolean' }],
  ['BOOL', { kind: 'boolean' }],
  ['DATETIME', { kind: 'dateTime', timezone: false }],
  ['TIMESTAMP', { kind: 'dateTime', timezone: false }],
  ['DATE', { kind: 'date' }],
  ['TIME', { kind: 'time' }],
  ['FLOAT', { kind: 'float' }],
  ['REAL', { kind: 'float' }],
  ['DOUBLE', { kind: 'double' }],
  ['DOUBLE PRECISION', { kind: 'double' }],
  ['NUMERIC', { kind: 'numeric', precision: null, scale: null }],
  ['DECIMAL', { kind: 'numeric', precision: null, scale: null }],
  ['JSON', { kind: 'json' }],
  ['BLOB', { kind: 'binary' }],
]);

const form = /^([^()]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?$/;

/**
 * Reads a type as a CREATE TABLE statement declares it, whatever its case and spacing.
 *
 * @returns `raw` with the text itself for a type that {@link DataType} has no word for.
 */
export function parseType(declared: string): DataType {
  const [, base = '', first, second] = form.exec(declared.trim()) ?? [];
  const known = portable(base.replaceAll(/\s+/g, ' ').toUpperCase(), first, second);
  return known ?? { kind: 'raw', sqlite: declared, postgresql: declared };
}

function portable(base: string, first: string | undefined, second: string | undefined): DataType | undefined {
  if (base === 'CHAR') return first === '36' && second === undefined ? { kind: 'uuid' } : undefined;
  const type = names.get(base);
  if (type?.kind === 'string' && second === undefined) {
    return first === undefined ? type : { kind: 'string', length: Number(first) };
  }
  if (type?.kind === 'numeric') {
    return { ...type, precision: numberOrNull(first), scale: numberOrNull(second) };
  }
  return first === undefined ? type : undefined;
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** A column type with the text it is declared by, where that is not how the migrator spells it. */
export interface DeclaredType {
  readonly type: DataType;
  readonly declared?: string;
}

/** As {@link parseType}, keeping the text that the type alone would not give back. */
export function readDeclaredType(declared: string): DeclaredType {
  const type = parseType(declared);
  return renderType(type) === declared ? { type } : { type, declared };
}

export type Affinity = 'INTEGER' | 'TEXT' | 'BLOB' | 'REAL' | 'NUMERIC';

/** Which conversion SQLite makes on storing. Source: "Datatypes In SQLite", 3.1 Determination Of Column Affinity. */
export function affinityOf(declared: string): Affinity {
  const text = declared.toUpperCase();
  if (text.includes('INT')) return 'INTEGER';
  if (/CHAR|CLOB|TEXT/.test(text)) return 'TEXT';
  if (text === '' || text.includes('BLOB')) return 'BLOB';
  return /REAL|FLOA|DOUB/.test(text) ? 'REAL' : 'NUMERIC';
}
