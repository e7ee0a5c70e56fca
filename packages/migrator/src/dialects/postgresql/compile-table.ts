import type { AddColumn, CreateTable } from '../../operations/operation.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { columnClause } from './column-clause.ts';
import { commentOnColumn, commentOnTable } from './comment.ts';
import { createIndexSql } from './compile-index.ts';
import { constraintClause } from './constraint-clause.ts';
import { quoteIdentifier } from './literal.ts';
import { statement } from './statement.ts';

export function compileCreateTable({ definition: table }: CreateTable): Statement[] {
  const elements = [
    ...table.columns.map(columnClause),
    ...[
      ...(table.primaryKey ? [table.primaryKey] : []),
      ...table.uniques,
      ...table.checks,
      ...table.foreignKeys,
    ].map(constraintClause),
  ];
  return [
    statement(`CREATE TABLE ${quoteIdentifier(table.name)} (\n    ${elements.join(',\n    ')}\n)`),
    ...table.indexes.map((index) => statement(createIndexSql(table.name, index))),
    ...commentsOf(table),
  ];
}

function commentsOf(table: Table): Statement[] {
  return [
    ...(table.comment === null ? [] : [commentOnTable(table.name, table.comment)]),
    ...table.columns.flatMap((column) =>
      column.comment === null ? [] : [commentOnColumn(table.name, column.name, column.comment)],
    ),
  ];
}

export function compileAddColumn({ table, column, uniques, checks }: AddColumn): Statement[] {
  const actions = [
    `ADD COLUMN ${columnClause(column)}`,
    ...[...uniques, ...checks].map((each) => `ADD ${constraintClause(each)}`),
  ];
  return [
    statement(`ALTER TABLE ${quoteIdentifier(table)} ${actions.join(', ')}`),
    ...(column.comment === null ? [] : [commentOnColumn(table, column.name, column.comment)]),
  ];
}
