import type { IndexColumn, TableIndex } from '../../schema/table-index.ts';
import type { Statement } from '../dialect.ts';
import { withCommentEnded } from '../parenthesized.ts';
import { quoteIdentifier } from './literal.ts';
import { rowsNotUnique } from './rows-in-the-way.ts';
import { runOverRows } from './statement.ts';

/** The statement that creates an index. */
export function createIndexSql(table: string, index: TableIndex): string {
  const unique = index.unique ? 'UNIQUE ' : '';
  const parts = index.columns.map(indexPartSql).join(', ');
  const where = index.where === null ? '' : ` WHERE ${index.where}`;
  return `CREATE ${unique}INDEX ${quoteIdentifier(index.name)} ON ${quoteIdentifier(table)} (${parts})${where}`;
}

/** As {@link createIndexSql}; where rows are in the way, they are looked up. */
export function createIndexStatement(table: string, index: TableIndex): Statement {
  return runOverRows(createIndexSql(table, index), rowsNotUnique(table, index));
}

function indexPartSql(part: IndexColumn): string {
  const key = part.column === null ? withCommentEnded(part.expression ?? '') : quoteIdentifier(part.column);
  const collation = part.collation === null ? '' : ` COLLATE ${quoteIdentifier(part.collation)}`;
  return `${key}${collation}${part.order === 'desc' ? ' DESC' : ''}`;
}
