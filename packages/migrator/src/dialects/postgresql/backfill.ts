import type { AlterColumn } from '../../operations/operation.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { renderDefault } from './default-value.ts';
import { quoteIdentifier, quoteIdentifiers } from './literal.ts';
import { statement } from './statement.ts';

/** `UPDATE … WHERE … IS NULL`, or null where the operation fills in nothing. */
export function backfillSql({ table, column, backfill }: AlterColumn): string | null {
  if (backfill === null) return null;
  const name = quoteIdentifier(column);
  return `UPDATE ${quoteIdentifier(table)} SET ${name} = ${renderDefault(backfill)} WHERE ${name} IS NULL`;
}

/**
 * The UPDATE before NOT NULL is set. Foreign keys that are checked only at the end are checked at once afterwards:
 * PostgreSQL refuses to alter a table that has such checks to come.
 */
export function compileBackfill(operation: AlterColumn, schema: Schema): Statement[] {
  const update = backfillSql(operation);
  if (update === null) return [];
  const deferred = schema.tables
    .filter((table) => table.name === operation.table)
    .flatMap((table) => table.foreignKeys)
    .filter((key) => key.deferrable === 'initially deferred' && key.columns.includes(operation.column))
    .flatMap((key) => (key.name === null ? [] : [key.name]));
  const constraints = quoteIdentifiers(deferred);
  return [
    statement(update, `Filling "${operation.column}" of "${operation.table}"`),
    ...(deferred.length === 0
      ? []
      : [
          statement(`SET CONSTRAINTS ${constraints} IMMEDIATE`),
          statement(`SET CONSTRAINTS ${constraints} DEFERRED`),
        ]),
  ];
}
