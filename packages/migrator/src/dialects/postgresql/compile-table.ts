import type { AddColumn, CreateTable } from '../../operations/operation.ts';
import type { PrimaryKey, UniqueConstraint } from '../../schema/constraint.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { columnClause } from './column-clause.ts';
import { commentOnColumn, commentOnTable } from './comment.ts';
import { createIndexSql } from './compile-index.ts';
import { constraintClause } from './constraint-clause.ts';
import { quoteIdentifier } from './literal.ts';
import { sameColumns } from './same-columns.ts';
import { statement } from './statement.ts';

/** A second unique key on the same columns follows the table: within CREATE TABLE, PostgreSQL would leave it out. */
export function compileCreateTable({ definition: table }: CreateTable): Statement[] {
  const keys = [...(table.primaryKey ? [table.primaryKey] : []), ...table.uniques];
  const isFirst = (key: PrimaryKey | UniqueConstraint) =>
    keys.find((each) => sameColumns(each.columns, key.columns)) === key;
  const elements = [
    ...table.columns.map(columnClause),
    ...[...keys.filter(isFirst), ...table.checks, ...table.foreignKeys].map(constraintClause),
  ];
  return [
    statement(`CREATE TABLE ${quoteIdentifier(table.name)} (\n    ${elements.join(',\n    ')}\n)`),
    ...keys
      .filter((key) => !isFirst(key))
      .map((key) => statement(`ALTER TABLE ${quoteIdentifier(table.name)} ADD ${constraintClause(key)}`)),
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
