import type { Column } from '../../schema/column.ts';
import { tokenizeSql } from '../../schema/sql-lexer.ts';
import { emptyTable, type Table } from '../../schema/table.ts';
import type { CatalogColumn } from './catalog.ts';
import { readDeclaredType } from './data-type.ts';
import { parseDefault } from './default-value.ts';
import { declaredType } from './table-definition.ts';

/**
 * Holds what was read in the stored statement against what SQLite itself says of the columns.
 *
 * @returns the table, or, where the two disagree, what SQLite says, marked as not to be rebuilt.
 */
export function checkedAgainstCatalog(table: Table, columns: readonly CatalogColumn[]): Table {
  const difference = firstDifference(table, columns);
  if (difference === null) return table;
  return tableFromCatalog(table.name, columns, `its definition was not understood: ${difference}`);
}

function firstDifference(table: Table, columns: readonly CatalogColumn[]): string | null {
  if (table.columns.length !== columns.length) return 'the number of its columns';
  const key = table.primaryKey?.columns ?? [];
  for (const [at, found] of columns.entries()) {
    const read = table.columns[at] as Column;
    if (read.name !== found.name) return `the name of column "${found.name}"`;
    // SQLite tells its own types in capitals, however they are written.
    if (unquoted(declaredType(read)).toUpperCase() !== found.type.toUpperCase())
      return `the type of column "${found.name}"`;
    if (key.indexOf(read.name) + 1 !== found.pk) return 'its primary key';
    if (found.pk === 0 && read.nullable === (found.notnull === 1))
      return `the NOT NULL of column "${found.name}"`;
    const hidden = read.generated === null ? 0 : read.generated.stored ? 3 : 2;
    if (hidden !== found.hidden) return `how column "${found.name}" is generated`;
    if (!sameDefault(read, found)) return `the default of column "${found.name}"`;
  }
  return null;
}

/** SQLite tells a type without the quotes around it. */
function unquoted(declared: string): string {
  const [token, ...more] = tokenizeSql(declared);
  return (token?.kind === 'quoted' || token?.kind === 'string') && more.length === 0 ? token.value : declared;
}

function sameDefault(read: Column, found: CatalogColumn): boolean {
  const there = found.dflt_value === null ? null : parseDefault(found.dflt_value);
  return JSON.stringify(there) === JSON.stringify(read.serverDefault);
}

/** As much of a table as SQLite tells without its statement: enough to know it, not enough to rebuild it. */
export function tableFromCatalog(name: string, columns: readonly CatalogColumn[], opaque: string): Table {
  const key = columns.filter((each) => each.pk > 0).sort((left, right) => left.pk - right.pk);
  return {
    ...emptyTable,
    name,
    columns: columns.map(
      (each): Column => ({
        name: each.name,
        ...readDeclaredType(each.type),
        nullable: each.notnull === 0,
        serverDefault: each.dflt_value === null ? null : parseDefault(each.dflt_value),
        autoincrement: false,
        generated: each.hidden >= 2 ? { expression: '', stored: each.hidden === 3 } : null,
        collation: null,
        comment: null,
      }),
    ),
    primaryKey:
      key.length === 0 ? null : { kind: 'primaryKey', name: null, columns: key.map((each) => each.name) },
    opaque,
  };
}
