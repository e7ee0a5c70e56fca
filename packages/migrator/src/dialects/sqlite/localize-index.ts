import { requireColumn } from '../../operations/require.ts';
import type { Table } from '../../schema/table.ts';
import type { TableIndex } from '../../schema/table-index.ts';
import { parseIndex } from './ddl/parse-index.ts';
import { createIndexSql } from './index-definition.ts';
import { columnName } from './resolve-name.ts';

/**
 * An index as it will be read back: without access method, payload columns, operator classes and the place of NULL,
 * which change how fast rows are found and never which.
 *
 * @throws OperationError `OPERATION_INVALID` for a column that the table does not have.
 */
export function localizeIndex(table: Table, index: TableIndex): TableIndex {
  const columns = table.columns.map((column) => column.name);
  // SQLite would take a name that no column has for an expression.
  for (const { column } of index.columns)
    if (column !== null) requireColumn(table, columnName(table, column));
  const plain = { ...index, where: index.where?.trim() ?? null };
  return { ...parseIndex(createIndexSql(table.name, plain), columns), name: index.name };
}
