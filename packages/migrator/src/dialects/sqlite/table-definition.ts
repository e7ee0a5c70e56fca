import type { Column } from '../../schema/column.ts';
import type { CheckConstraint, ForeignKey, PrimaryKey, UniqueConstraint } from '../../schema/constraint.ts';
import type { Table } from '../../schema/table.ts';
import { parenthesized } from '../parenthesized.ts';
import { renderType } from './data-type.ts';
import { renderDefault } from './default-value.ts';
import { quoteIdentifier, quoteIdentifiers } from './literal.ts';
import { isDescendingKey } from './row-id.ts';

/** The text by which a column's type is declared. */
export function declaredType(column: Column): string {
  return column.declared ?? renderType(column.type);
}

/**
 * The statement that creates a table, without its indexes.
 *
 * @param name what to call it; its own name unless it is to take another's place.
 */
export function createTableSql(table: Table, name: string = table.name): string {
  const inline = inlineKeyColumn(table);
  const parts = [
    ...(table.remarks ?? []),
    ...[
      ...table.columns.map((column) => columnSql(column, column === inline ? inlineKeySql(table) : '')),
      ...(table.primaryKey && !inline ? [primaryKeySql(table.primaryKey)] : []),
      ...table.uniques.map(uniqueSql),
      ...table.checks.map(checkSql),
      ...table.foreignKeys.map(foreignKeySql),
    ].map((part, at, all) => (at < all.length - 1 ? `${part},` : part)),
  ];
  return `CREATE TABLE ${quoteIdentifier(name)} (\n  ${parts.join('\n  ')}\n)${optionsSql(table)}`;
}

/** AUTOINCREMENT, and the descending key that is no alias of the rowid, can only stand with the column. */
function inlineKeyColumn(table: Table): Column | undefined {
  const key = table.columns.find((column) => table.primaryKey?.columns[0] === column.name);
  if (key?.autoincrement === 'always' || isDescendingKey(table)) return key;
  return undefined;
}

function inlineKeySql(table: Table): string {
  const order = isDescendingKey(table) ? ' DESC' : ' AUTOINCREMENT';
  return `${named(table.primaryKey?.name ?? null)}PRIMARY KEY${order}`;
}

function optionsSql(table: Table): string {
  const options = [
    ...(table.withoutRowid ? ['WITHOUT ROWID'] : []),
    ...(table.strict ? ['STRICT'] : []),
  ].join(', ');
  return options === '' ? '' : ` ${options}`;
}

/** A column as it stands in CREATE TABLE and behind ADD COLUMN. */
export function columnSql(column: Column, ...constraints: readonly string[]): string {
  return [
    quoteIdentifier(column.name),
    declaredType(column),
    column.collation === null ? '' : `COLLATE ${quoteIdentifier(column.collation)}`,
    column.serverDefault === null ? '' : `DEFAULT ${renderDefault(column.serverDefault)}`,
    generatedSql(column),
    column.nullable ? '' : 'NOT NULL',
    ...constraints,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function generatedSql({ generated }: Column): string {
  if (generated === null) return '';
  return `GENERATED ALWAYS AS ${parenthesized(generated.expression)} ${generated.stored ? 'STORED' : 'VIRTUAL'}`;
}

function named(name: string | null): string {
  return name === null ? '' : `CONSTRAINT ${quoteIdentifier(name)} `;
}

function primaryKeySql({ name, columns }: PrimaryKey): string {
  return `${named(name)}PRIMARY KEY (${quoteIdentifiers(columns)})`;
}

function uniqueSql({ name, columns }: UniqueConstraint): string {
  return `${named(name)}UNIQUE (${quoteIdentifiers(columns)})`;
}

export function checkSql({ name, expression }: CheckConstraint): string {
  return `${named(name)}CHECK ${parenthesized(expression)}`;
}

function foreignKeySql(key: ForeignKey): string {
  return `${named(key.name)}FOREIGN KEY (${quoteIdentifiers(key.columns)}) ${referencesSql(key)}`;
}

/** The foreign key of one column, as it stands with the column. */
export function columnForeignKeySql(key: ForeignKey): string {
  return `${named(key.name)}${referencesSql(key)}`;
}

function referencesSql(key: ForeignKey): string {
  const columns = key.refColumns.length === 0 ? '' : ` (${quoteIdentifiers(key.refColumns)})`;
  return [
    `REFERENCES ${quoteIdentifier(key.refTable)}${columns}`,
    ...(key.onDelete === 'NO ACTION' ? [] : [`ON DELETE ${key.onDelete}`]),
    ...(key.onUpdate === 'NO ACTION' ? [] : [`ON UPDATE ${key.onUpdate}`]),
    ...(key.deferrable === null ? [] : [`DEFERRABLE ${key.deferrable.toUpperCase()}`]),
  ].join(' ');
}
