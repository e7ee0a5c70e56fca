import { OperationError } from '../errors.ts';
import type { Schema } from '../schema/schema.ts';
import { renameIdentifier } from '../schema/sql-lexer.ts';
import type { Table } from '../schema/table.ts';
import type { RenameColumn } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

/** Keys, indexes, checks and expressions follow the new name, as on both databases; their own names stay. */
export function applyRenameColumn(schema: Schema, operation: RenameColumn): Schema {
  const table = requireTable(schema, operation.table);
  requireColumn(table, operation.column);
  if (table.columns.some((each) => each.name === operation.to)) {
    throw new OperationError(
      'OPERATION_INVALID',
      `Table "${table.name}" has a column "${operation.to}" already.`,
      {
        hint: `Choose another name for "${operation.column}".`,
        facts: { table: table.name, column: operation.column, to: operation.to },
      },
    );
  }
  const follow = (name: string) => (name === operation.column ? operation.to : name);
  return {
    ...schema,
    tables: schema.tables.map((each) => {
      const renamed = each.name === table.name ? renameWithin(each, operation) : each;
      return {
        ...renamed,
        foreignKeys: renamed.foreignKeys.map((key) =>
          key.refTable === table.name ? { ...key, refColumns: key.refColumns.map(follow) } : key,
        ),
      };
    }),
  };
}

function renameWithin(table: Table, { column, to }: RenameColumn): Table {
  const follow = (name: string) => (name === column ? to : name);
  const rewrite = (expression: string) => renameIdentifier(expression, column, to);
  return {
    ...table,
    columns: table.columns.map((each) => ({
      ...each,
      name: follow(each.name),
      generated: each.generated && { ...each.generated, expression: rewrite(each.generated.expression) },
    })),
    primaryKey: table.primaryKey && { ...table.primaryKey, columns: table.primaryKey.columns.map(follow) },
    uniques: table.uniques.map((each) => ({ ...each, columns: each.columns.map(follow) })),
    checks: table.checks.map((each) => ({ ...each, expression: rewrite(each.expression) })),
    foreignKeys: table.foreignKeys.map((each) => ({ ...each, columns: each.columns.map(follow) })),
    indexes: table.indexes.map((each) => ({
      ...each,
      columns: each.columns.map((part) => ({
        ...part,
        column: part.column === null ? null : follow(part.column),
        expression: part.expression === null ? null : rewrite(part.expression),
      })),
      where: each.where === null ? null : rewrite(each.where),
      include: each.include.map(follow),
    })),
  };
}

export function reverseRenameColumn(operation: RenameColumn): RenameColumn {
  return { kind: 'renameColumn', table: operation.table, column: operation.to, to: operation.column };
}
