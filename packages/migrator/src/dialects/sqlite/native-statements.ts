import type { AddColumn, RenameTable, SchemaOperation } from '../../operations/operation.ts';
import { requireColumn, requireTable } from '../../operations/require.ts';
import type { Column } from '../../schema/column.ts';
import type { CheckConstraint, ForeignKey } from '../../schema/constraint.ts';
import type { Schema } from '../../schema/schema.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { TableIndex } from '../../schema/table-index.ts';
import type { Statement } from '../dialect.ts';
import { createIndexStatement } from './index-definition.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { emptyUnlessDefault } from './rebuild-assertions.ts';
import { rowsNotCopied } from './rows-in-the-way.ts';
import { sameName } from './sql-text.ts';
import { assertion, inMessage, run, runOverRows } from './statement.ts';
import { copyAll } from './table-copy.ts';
import { checkSql, columnForeignKeySql, columnSql, createTableSql } from './table-definition.ts';
import { temporaryName } from './temporary-name.ts';

/** The statements of an operation that SQLite can carry out by itself. */
export function nativeStatements(operation: SchemaOperation, schema: Schema): Statement[] {
  switch (operation.kind) {
    case 'createTable':
      return createTableStatements(operation.definition);
    case 'dropTable':
      return dropTableStatements(operation.table, []);
    case 'renameTable':
      return renameTableStatements(operation, schema);
    case 'renameColumn': {
      const [table, column, to] = [operation.table, operation.column, operation.to].map(quoteIdentifier);
      return [run(`ALTER TABLE ${table} RENAME COLUMN ${column} TO ${to}`)];
    }
    case 'createIndex':
      return [createIndexStatement(operation.table, operation.index)];
    case 'dropIndex':
      return [run(`DROP INDEX ${quoteIdentifier(operation.name)}`)];
    case 'addColumn':
      return addColumnStatements(requireTable(schema, operation.table), operation, []);
    case 'dropColumn':
      return dropColumnStatements(requireTable(schema, operation.table), operation.column);
    default:
      return [];
  }
}

export function createTableStatements(table: Table): Statement[] {
  return [
    run(createTableSql(table)),
    ...table.indexes.map((index) => createIndexStatement(table.name, index)),
  ];
}

/**
 * @param except tables whose keys to this one are about to go.
 */
export function dropTableStatements(table: string, except: readonly string[]): Statement[] {
  const others = [table, ...except].map(quoteLiteral).join(', ');
  return [
    assertion(
      `SELECT count(*) = 0, min(m.name) AS other FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS k` +
        ` WHERE m.type = 'table' AND k."table" = ${quoteLiteral(table)} COLLATE NOCASE AND m.name NOT IN (${others})`,
      `Table ${inMessage(table)} cannot be dropped: "{other}" refers to it.`,
    ),
    run(`DROP TABLE ${quoteIdentifier(table)}`),
  ];
}

/** A name that differs in case only is the same to SQLite: it takes two steps. */
function renameTableStatements({ table, to }: RenameTable, schema: Schema): Statement[] {
  const rename = (from: string, target: string) =>
    run(`ALTER TABLE ${quoteIdentifier(from)} RENAME TO ${quoteIdentifier(target)}`);
  if (!sameName(table, to)) return [rename(table, to)];
  const between = temporaryName(table, schema);
  return [rename(table, between), rename(between, to)];
}

/**
 * @param foreignKeys those of the new column alone.
 */
export function addColumnStatements(
  table: Table,
  { column, checks }: Pick<AddColumn, 'column' | 'checks'>,
  foreignKeys: readonly ForeignKey[],
): Statement[] {
  const constraints = [...foreignKeys.map(columnForeignKeySql), ...checks.map(checkSql)];
  const required = !column.nullable && column.generated === null;
  return [
    ...(required ? emptyUnlessDefault(table, column) : []),
    runOverRows(
      `ALTER TABLE ${quoteIdentifier(table.name)} ADD COLUMN ${columnSql(column, ...constraints)}`,
      required || checks.length > 0 || column.generated !== null ? rowsNotFitting(table, column, checks) : [],
    ),
  ];
}

function rowsNotFitting(table: Table, column: Column, checks: readonly CheckConstraint[]): Statement[] {
  const after = { ...table, columns: [...table.columns, column], primaryKey: null, uniques: [], checks };
  return rowsNotCopied(table, after, copyAll(table), `_new_${table.name}`);
}

/** The indexes a column takes along must go first. */
function dropColumnStatements(table: Table, name: string): Statement[] {
  requireColumn(table, name);
  const uses = (index: TableIndex) =>
    (index.where !== null && mentionsIdentifier(index.where, name)) ||
    index.columns.some(
      (part) =>
        part.column === name || (part.expression !== null && mentionsIdentifier(part.expression, name)),
    );
  return [
    ...table.indexes.filter(uses).map((index) => run(`DROP INDEX ${quoteIdentifier(index.name)}`)),
    run(`ALTER TABLE ${quoteIdentifier(table.name)} DROP COLUMN ${quoteIdentifier(name)}`),
  ];
}
