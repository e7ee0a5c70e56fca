import type { DatabaseTable } from '@mikro-orm/sql';
import { parseType } from '../dialects/postgresql/data-type.ts';
import type { DataType } from '../schema/data-type.ts';

/** A column as MikroORM describes it. */
export type EntityColumn = ReturnType<DatabaseTable['getColumns']>[number];

/** Types that MikroORM names on every database and PostgreSQL does not have. */
const otherNames: Readonly<Record<string, string>> = {
  mediumint: 'integer',
  tinyint: 'smallint',
  double: 'double precision',
  datetime: 'timestamp',
  blob: 'bytea',
  serial: 'integer',
  bigserial: 'bigint',
  smallserial: 'smallint',
};

/** The precision that PostgreSQL has when none is given. */
const fullPrecision = /^(timestamp|timestamptz|time|timetz)\s*\(6\)/i;

/**
 * The portable type of a column, from what MikroORM would declare on PostgreSQL; a type that is not portable keeps the
 * declarations of both databases.
 */
export function entityType(
  column: EntityColumn,
  onSqlite: EntityColumn | undefined,
  table: string,
): DataType {
  if (column.nativeEnumName && !column.type.endsWith('[]')) {
    return {
      kind: 'enum',
      name: column.nativeEnumName.slice(column.nativeEnumName.lastIndexOf('.') + 1),
      values: (column.enumItems ?? []).map(String),
    };
  }
  const declared = column.type.replace(fullPrecision, '$1');
  const type = parseType(otherNames[declared.toLowerCase()] ?? declared);
  if (type.kind !== 'raw') return type;
  return { ...type, sqlite: declarationOnSqlite(onSqlite?.type ?? table) };
}

/** SQLite takes any words as a type; it is spelled in upper case, as all types are. */
function declarationOnSqlite(declared: string): string {
  return declared.toUpperCase();
}
