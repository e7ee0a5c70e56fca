import { replaceTable, type Schema } from '../schema/schema.ts';
import type { CreateTableComment, DropTableComment } from './operation.ts';
import { requireTable } from './require.ts';

type TableCommentOperation = CreateTableComment | DropTableComment;

/** A comment takes the place of the one before it. */
export function applyTableComment(schema: Schema, operation: TableCommentOperation): Schema {
  const table = requireTable(schema, operation.table);
  const comment = operation.kind === 'createTableComment' ? operation.comment : null;
  return replaceTable(schema, table.name, { ...table, comment });
}

export function reverseTableComment(operation: TableCommentOperation, before: Schema): TableCommentOperation {
  const { comment } = requireTable(before, operation.table);
  return tableComment(operation.table, comment);
}

/** @param comment null for none. */
export function tableComment(table: string, comment: string | null): TableCommentOperation {
  return comment === null
    ? { kind: 'dropTableComment', table }
    : { kind: 'createTableComment', table, comment };
}
