import type { IndexColumn, TableIndex } from '../../schema/table-index.ts';
import type { IndexColumnRow, IndexRow } from './catalog-queries.ts';
import type { ColumnNames } from './column-names.ts';
import { stripParentheses } from './strip-parentheses.ts';

const DESCENDING = 1;
const NULLS_FIRST = 2;

export function readIndex(row: IndexRow, names: ColumnNames): TableIndex {
  return {
    name: row.name,
    unique: row.unique,
    columns: row.columns.map((part) => readPart(part, names(row.table_id, [part.column]))),
    where: row.where === null ? null : stripParentheses(row.where),
    using: row.method === 'btree' ? null : row.method,
    include: names(row.table_id, row.include),
  };
}

function readPart(row: IndexColumnRow, [name = '']: readonly string[]): IndexColumn {
  const order = (row.options & DESCENDING) === 0 ? 'asc' : 'desc';
  const nulls = (row.options & NULLS_FIRST) === 0 ? 'last' : 'first';
  const usual = order === 'desc' ? 'first' : 'last';
  return {
    column: row.expression === null ? name : null,
    expression: row.expression === null ? null : stripParentheses(row.expression),
    order,
    nulls: nulls === usual ? null : nulls,
    collation: row.collation,
    opclass: row.opclass,
  };
}
