import { apply } from '../../operations/apply.ts';
import { findConstraint } from '../../operations/drop-constraint.ts';
import type { DropConstraint, SchemaOperation } from '../../operations/operation.ts';
import { requireColumn, requireTable } from '../../operations/require.ts';
import type { Schema } from '../../schema/schema.ts';
import { refuseMisfits } from '../default-fit.ts';
import type { Compiled, Statement } from '../dialect.ts';
import { commentOnTable } from './comment.ts';
import { compileAlterColumn } from './compile-alter-column.ts';
import { enumTypesAfter, enumTypesBefore } from './compile-enum-type.ts';
import { compileCreateIndex, compileDropIndex } from './compile-index.ts';
import { compileAddColumn, compileCreateTable } from './compile-table.ts';
import { constraintClause } from './constraint-clause.ts';
import { refuseDependents, refuseDependentsOfTable } from './dependents.ts';
import { quoteIdentifier } from './literal.ts';
import { outsideTransaction, statement } from './statement.ts';

/** PostgreSQL alters tables in place: every operation is its own statements, and no table is rebuilt by us. */
export function compile(operations: readonly SchemaOperation[], schema: Schema): Compiled {
  refuseMisfits(operations);
  const statements: Statement[] = [];
  let before = schema;
  for (const [at, operation] of operations.entries()) {
    const after = apply(before, operation);
    statements.push(
      ...enumTypesBefore(operations.slice(at), before, after),
      ...compileOperation(operation, before, after),
      ...enumTypesAfter(before, after),
    );
    before = after;
  }
  return { statements, foreignKeysOff: false, rebuilds: [] };
}

/** What {@link compile} gives at least one statement for that is marked `outsideTransaction`. */
export function runsOutside(operation: SchemaOperation): boolean {
  switch (operation.kind) {
    case 'createIndex':
    case 'dropIndex':
    case 'alterColumn':
      return operation.concurrently;
    default:
      return operation.kind === 'validateConstraint';
  }
}

function compileOperation(operation: SchemaOperation, before: Schema, after: Schema): Statement[] {
  switch (operation.kind) {
    case 'createTable':
      return compileCreateTable(operation);
    case 'dropTable':
      refuseDependentsOfTable(requireTable(before, operation.table));
      return [statement(`DROP TABLE ${quoteIdentifier(operation.table)}`)];
    case 'renameTable':
      return [alterTable(operation.table, `RENAME TO ${quoteIdentifier(operation.to)}`)];
    case 'addColumn':
      return compileAddColumn(operation);
    case 'dropColumn': {
      const table = requireTable(before, operation.table);
      refuseDependents(table, requireColumn(table, operation.column), 'be dropped');
      return [alterTable(operation.table, `DROP COLUMN ${quoteIdentifier(operation.column)}`)];
    }
    case 'renameColumn': {
      const names = `${quoteIdentifier(operation.column)} TO ${quoteIdentifier(operation.to)}`;
      return [alterTable(operation.table, `RENAME COLUMN ${names}`)];
    }
    case 'alterColumn':
      return compileAlterColumn(operation, before, after);
    case 'createIndex':
      return compileCreateIndex(operation, requireTable(before, operation.table));
    case 'dropIndex':
      return compileDropIndex(operation);
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey':
      return [alterTable(operation.table, `ADD ${constraintClause(operation.constraint)}`)];
    case 'dropConstraint':
      return [compileDropConstraint(operation, before)];
    case 'validateConstraint': {
      // In the transaction that added it, rows would be checked under the lock that `notValid` is there to avoid.
      const sql = `ALTER TABLE ${quoteIdentifier(operation.table)} VALIDATE CONSTRAINT ${quoteIdentifier(operation.name)}`;
      return [outsideTransaction(sql, `Checking "${operation.name}" on "${operation.table}"`)];
    }
    case 'createTableComment':
      return [commentOnTable(operation.table, operation.comment)];
    case 'dropTableComment':
      return [commentOnTable(operation.table, null)];
  }
}

function compileDropConstraint(operation: DropConstraint, before: Schema): Statement {
  const { name } = findConstraint(requireTable(before, operation.table), operation);
  return alterTable(operation.table, `DROP CONSTRAINT ${quoteIdentifier(name ?? '')}`);
}

function alterTable(table: string, action: string): Statement {
  return statement(`ALTER TABLE ${quoteIdentifier(table)} ${action}`);
}
