import type { Column } from '../schema/column.ts';
import type { DataType } from '../schema/data-type.ts';
import type { SqlValue } from '../schema/expression.ts';
import type { Table } from '../schema/table.ts';

/**
 * What a column that takes no NULL is filled with when a downgrade adds it again to rows whose values are gone. It stands
 * in the script, for its author to see and change.
 *
 * @param table the column's table with the keys it is to have.
 * @returns null where any value would be wrong: for a key that says which row is meant, or a type that is not known.
 */
export function standInFor(column: Column, table: Table): SqlValue | null {
  const keys = [...table.foreignKeys, ...(table.primaryKey ? [table.primaryKey] : [])];
  return keys.some((key) => key.columns.includes(column.name)) ? null : emptyValue(column.type);
}

function emptyValue(type: DataType): SqlValue | null {
  switch (type.kind) {
    case 'integer':
    case 'smallInteger':
    case 'bigInteger':
    case 'float':
    case 'double':
    case 'numeric':
      return 0;
    case 'string':
    case 'text':
      return '';
    case 'boolean':
      return false;
    case 'dateTime':
      return '1970-01-01 00:00:00';
    case 'date':
      return '1970-01-01';
    case 'time':
      return '00:00:00';
    case 'json':
      return 'null';
    case 'uuid':
      return '00000000-0000-0000-0000-000000000000';
    case 'enum':
      return type.values[0] ?? null;
    case 'binary':
    case 'raw':
      return null;
  }
}
