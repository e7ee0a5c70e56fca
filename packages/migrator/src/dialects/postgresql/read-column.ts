import type { Autoincrement, Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { EnumType } from '../../schema/schema.ts';
import type { ColumnRow } from './catalog-queries.ts';
import { parseType } from './data-type.ts';
import { parseDefault } from './default-value.ts';
import { stripParentheses } from './strip-parentheses.ts';

export function readColumn(row: ColumnRow, enums: readonly EnumType[]): Column {
  const type = typeOf(row, enums);
  const isGenerated = row.generated !== '';
  const hasDefault = row.expression !== null && !row.serial && !isGenerated;
  return {
    name: row.name,
    type,
    nullable: !row.not_null,
    serverDefault: hasDefault ? parseDefault(row.expression ?? '', type) : null,
    autoincrement: autoincrementOf(row),
    generated: isGenerated
      ? { expression: stripParentheses(row.expression ?? ''), stored: row.generated === 's' }
      : null,
    collation: row.collation,
    comment: row.comment,
    ...(row.dependents.length === 0 ? {} : { dependents: row.dependents }),
  };
}

function typeOf(row: ColumnRow, enums: readonly EnumType[]): DataType {
  const known = enums.find((each) => each.name === row.enum_name);
  return known ? { kind: 'enum', name: known.name, values: known.values } : parseType(row.type);
}

function autoincrementOf({ identity, serial }: ColumnRow): Autoincrement | false {
  if (identity !== '') return identity === 'a' ? 'always' : 'identity';
  return serial ? 'serial' : false;
}
