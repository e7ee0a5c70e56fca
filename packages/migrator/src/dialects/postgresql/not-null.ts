import { constraintsOf } from '../../operations/create-constraint.ts';
import type { AlterColumn } from '../../operations/operation.ts';
import { requireTable } from '../../operations/require.ts';
import { cutToBytes, MAX_NAME_BYTES } from '../../schema/constraint-name.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Statement } from '../dialect.ts';
import { backfillSql } from './backfill.ts';
import { quoteIdentifier } from './literal.ts';
import { outsideTransaction, statement } from './statement.ts';

/**
 * NOT NULL on a big table without keeping others from writing while its rows are read: a check that holds for new rows
 * at once, then for the old ones, spares SET NOT NULL its own reading of the table.
 *
 * Source: PostgreSQL, "ALTER TABLE", `SET NOT NULL`. Every statement but the last may be run again.
 */
export function notNullThroughCheck(operation: AlterColumn, schema: Schema): Statement[] {
  const alter = `ALTER TABLE ${quoteIdentifier(operation.table)}`;
  const column = quoteIdentifier(operation.column);
  const name = quoteIdentifier(checkName(operation, schema));
  const backfill = backfillSql(operation);
  return [
    outsideTransaction(
      `${alter} DROP CONSTRAINT IF EXISTS ${name}, ADD CONSTRAINT ${name} CHECK (${column} IS NOT NULL) NOT VALID`,
    ),
    ...(backfill === null
      ? []
      : [outsideTransaction(backfill, `Filling "${operation.column}" of "${operation.table}"`)]),
    outsideTransaction(
      `${alter} VALIDATE CONSTRAINT ${name}`,
      `Checking "${operation.column}" of "${operation.table}"`,
    ),
    statement(`${alter} ALTER COLUMN ${column} SET NOT NULL`),
    statement(`${alter} DROP CONSTRAINT ${name}`),
  ];
}

/** Always the same for a column, so that a run that was cut off is taken up; never the name of a check that is there. */
function checkName({ table, column }: AlterColumn, schema: Schema): string {
  const taken = new Set(constraintsOf(requireTable(schema, table)).map((each) => each.name));
  for (let number = 0; ; number++) {
    const suffix = `_is_not_null${number === 0 ? '' : number}`;
    const name = cutToBytes(column, MAX_NAME_BYTES - suffix.length) + suffix;
    if (!taken.has(name)) return name;
  }
}
