import type { Dialect } from '../dialects/dialect.ts';
import { isText } from '../dialects/postgresql/assignment-cast.ts';
import type { Column } from '../schema/column.ts';
import type { DataType } from '../schema/data-type.ts';

type Family =
  | 'number'
  | 'text'
  | 'moment'
  | 'time'
  | 'enum'
  | 'json'
  | 'boolean'
  | 'binary'
  | 'uuid'
  | 'other';

/**
 * Whether PostgreSQL has no assignment cast between two types, so that a USING clause must say how values are converted.
 * SQLite needs none: it converts what fits and refuses what does not.
 *
 * Source: PostgreSQL, `pg_cast` and "CREATE CAST": every type is assigned to text; a text to no other type.
 */
export function mayNeedUsing(from: Column, to: Column, dialect: Dialect): boolean {
  if (dialect.name !== 'postgresql') return false;
  const [source, target] = [familyOf(from.type, dialect), familyOf(to.type, dialect)];
  if (target === 'text') return false;
  if (source === 'enum' && target === 'enum') return !sameEnum(from.type, to.type);
  if (source === 'other' || target === 'other') {
    return elementOf(from.type, dialect) !== elementOf(to.type, dialect);
  }
  if (source === 'moment' && target === 'time') return from.type.kind === 'date';
  if (source === target) return false;
  return true;
}

function familyOf(type: DataType, dialect: Dialect): Family {
  switch (type.kind) {
    case 'integer':
    case 'smallInteger':
    case 'bigInteger':
    case 'float':
    case 'double':
    case 'numeric':
      return 'number';
    case 'string':
    case 'text':
      return 'text';
    case 'dateTime':
    case 'date':
      return 'moment';
    case 'time':
      return 'time';
    case 'binary':
      return 'binary';
    case 'raw':
      return isText(type) ? 'text' : rawFamily(dialect.renderType(type));
    default:
      return type.kind;
  }
}

function rawFamily(spelled: string): Family {
  if (spelled.endsWith('[]')) return 'other';
  if (spelled === 'money') return 'number';
  if (spelled.startsWith('timestamp')) return 'moment';
  if (spelled.startsWith('time')) return 'time';
  return spelled === 'json' ? 'json' : 'other';
}

/** An enumeration that only gets other values is converted by its texts. */
function sameEnum(from: DataType, to: DataType): boolean {
  return from.kind === 'enum' && to.kind === 'enum' && from.name === to.name;
}

/** The type without its size: a change of that alone is converted. */
function elementOf(type: DataType, dialect: Dialect): string {
  return dialect.renderType(type).replace(/\([^)]*\)/, '');
}
