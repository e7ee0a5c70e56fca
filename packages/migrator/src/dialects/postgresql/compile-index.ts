import type { CreateIndex, DropIndex } from '../../operations/operation.ts';
import type { Table } from '../../schema/table.ts';
import type { IndexColumn, TableIndex } from '../../schema/table-index.ts';
import type { Statement } from '../dialect.ts';
import { parenthesized } from '../parenthesized.ts';
import { quoteIdentifier, quoteIdentifiers, quoteLiteral } from './literal.ts';
import { alone, statement } from './statement.ts';

export function createIndexSql(table: string, index: TableIndex, concurrently = false): string {
  const parts = [
    index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX',
    ...(concurrently ? ['CONCURRENTLY'] : []),
    `${quoteIdentifier(index.name)} ON ${quoteIdentifier(table)}`,
    ...(index.using === null ? [] : [`USING ${quoteIdentifier(index.using)}`]),
    `(${index.columns.map(indexPart).join(', ')})`,
    ...(index.include.length === 0 ? [] : [`INCLUDE (${quoteIdentifiers(index.include)})`]),
    ...(index.where === null ? [] : [`WHERE ${parenthesized(index.where)}`]),
  ];
  return parts.join(' ');
}

function indexPart(part: IndexColumn): string {
  const parts = [
    part.column === null ? parenthesized(part.expression ?? '') : quoteIdentifier(part.column),
    ...(part.collation === null ? [] : [`COLLATE ${quoteIdentifier(part.collation)}`]),
    ...(part.opclass === null ? [] : [part.opclass]),
    ...(part.order === 'desc' ? ['DESC'] : []),
    ...(part.nulls === null ? [] : [`NULLS ${part.nulls.toUpperCase()}`]),
  ];
  return parts.join(' ');
}

/**
 * A concurrent build that was cut off leaves an INVALID index of the name behind, which nothing uses and nobody else
 * removes: it is dropped first. An index of another table is left alone.
 */
export function compileCreateIndex({ table, index, concurrently }: CreateIndex, before: Table): Statement[] {
  const name = quoteIdentifier(index.name);
  if (!concurrently) {
    const isInvalid = before.invalidIndexes?.includes(index.name) ?? false;
    return [...(isInvalid ? [statement(`DROP INDEX ${name}`)] : []), statement(createIndexSql(table, index))];
  }
  return [
    {
      kind: 'assertion',
      sql:
        'SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_index' +
        ` WHERE indexrelid = to_regclass(${quoteLiteral(name)})` +
        ` AND indrelid IS DISTINCT FROM to_regclass(${quoteLiteral(quoteIdentifier(table))}))`,
      message: `Index "${index.name}" is there already, on another table.`,
    },
    alone(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`),
    alone(createIndexSql(table, index, true), `Building index "${index.name}" on "${table}"`),
  ];
}

/** Repeatable where it runs outside the transaction. */
export function compileDropIndex({ name, concurrently }: DropIndex): Statement[] {
  return concurrently
    ? [alone(`DROP INDEX CONCURRENTLY IF EXISTS ${quoteIdentifier(name)}`)]
    : [statement(`DROP INDEX ${quoteIdentifier(name)}`)];
}
