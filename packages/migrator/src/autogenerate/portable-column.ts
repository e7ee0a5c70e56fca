import { parseType as parsePostgresqlType, renderType } from '../dialects/postgresql/data-type.ts';
import { affinityOf } from '../dialects/sqlite/data-type.ts';
import { isRowidType } from '../dialects/sqlite/row-id.ts';
import type { DialectName } from '../driver/driver.ts';
import type { Column } from '../schema/column.ts';
import type { DataType } from '../schema/data-type.ts';
import type { Table } from '../schema/table.ts';

/**
 * A column of a live table as a script for both databases says it: made by that script on the same database it is what it
 * was, and on the other one what comes nearest.
 *
 * @param column as `dialect.inspect` reads it.
 */
export function portableColumn(column: Column, table: Table, dialect: DialectName): Column {
  const { declared, dependents: _, ...rest } = column;
  if (dialect === 'postgresql') return { ...rest, type: withSqliteSpelling(column.type) };
  const isKey = table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name;
  const type = withPostgresqlSpelling(column.type);
  const pointsElsewhere = table.foreignKeys.some((key) => key.columns.includes(column.name));
  // The rowid it is on SQLite anyway; on PostgreSQL, a key that refers to another table is given, not counted.
  if (isKey && column.autoincrement === 'serial' && pointsElsewhere) {
    return { ...rest, type, autoincrement: false };
  }
  // INT is the same type as INTEGER, but a key of that type is not the rowid.
  const wouldCount = isKey && column.autoincrement === false && !table.withoutRowid;
  if (wouldCount && declared !== undefined && !isRowidType(column) && column.type.kind === 'integer') {
    return { ...rest, type: { kind: 'raw', sqlite: declared, postgresql: renderType(column.type) } };
  }
  return { ...rest, type };
}

/** A type that only PostgreSQL has, with what to declare on SQLite in its place. */
function withSqliteSpelling(type: DataType): DataType {
  return type.kind === 'raw' ? { ...type, sqlite: onSqlite(type.postgresql) } : type;
}

const sqliteSpellings: readonly (readonly [RegExp, string])[] = [
  [/\[\]$/, 'TEXT'],
  [/^timestamp\b/, 'DATETIME'],
  [/^time\b/, 'TIME'],
  [/^json$/, 'JSON'],
  [/^(?:numeric|money)\b/, 'NUMERIC'],
  [/^(?:oid|xid|cid)$/, 'BIGINT'],
];

function onSqlite(postgresql: string): string {
  const [, length] = /^character\((\d+)\)$/.exec(postgresql) ?? [];
  if (length !== undefined) return `CHAR(${length})`;
  return sqliteSpellings.find(([pattern]) => pattern.test(postgresql))?.[1] ?? 'TEXT';
}

/** Types of PostgreSQL's own that people declare on SQLite as well. */
const known =
  /^(?:character\(\d+\)|interval|inet|cidr|macaddr|xml|(?:timestamp|time)\(\d\) with(?:out)? time zone)$/;

const byAffinity = {
  INTEGER: 'BIGINT',
  TEXT: 'TEXT',
  BLOB: 'BYTEA',
  REAL: 'DOUBLE PRECISION',
  NUMERIC: 'NUMERIC',
} as const;

/** A type that only SQLite takes, since it takes any words, with the type of PostgreSQL that stores the same. */
function withPostgresqlSpelling(type: DataType): DataType {
  if (type.kind !== 'raw') return type;
  const parsed = parsePostgresqlType(type.sqlite.replace(/^datetime(?=\s*\()/i, 'timestamp'));
  const isKnown = parsed.kind !== 'raw' || known.test(parsed.postgresql);
  return {
    ...type,
    postgresql: isKnown ? renderType(parsed).toUpperCase() : onPostgresql(type.sqlite),
  };
}

function onPostgresql(declared: string): string {
  // A column that is declared without a type holds values of any.
  return declared.trim() === '' ? 'TEXT' : byAffinity[affinityOf(declared)];
}
