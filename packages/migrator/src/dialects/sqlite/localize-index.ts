import type { Table } from '../../schema/table.ts';
import type { TableIndex } from '../../schema/table-index.ts';
import { parseIndex } from './ddl/parse-index.ts';
import { createIndexSql } from './index-definition.ts';

/**
 * An index as it will be read back: without access method, payload columns, operator classes and the place of NULL,
 * which change how fast rows are found and never which.
 */
export function localizeIndex(table: Table, index: TableIndex): TableIndex {
  const columns = table.columns.map((column) => column.name);
  const plain = { ...index, where: index.where?.trim() ?? null };
  return { ...parseIndex(createIndexSql(table.name, plain), columns), name: index.name };
}
