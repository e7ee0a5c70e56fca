import type { AddColumn, SchemaOperation } from '../../operations/operation.ts';
import type { Schema } from '../../schema/schema.ts';
import { findTable } from '../../schema/schema.ts';
import { mentionsIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import { isConstantDefault } from './default-value.ts';

/**
 * Whether SQLite can carry the operation out by itself, without a rebuild.
 *
 * Source: "ALTER TABLE" in SQLite's documentation, kept to what version 3.40 knows: later ones can do more, but the
 * statements may be fed to an older shell.
 */
export function isNative(operation: SchemaOperation, schema: Schema): boolean {
  switch (operation.kind) {
    case 'createTable':
    case 'dropTable':
    case 'renameTable':
    case 'renameColumn':
    case 'createIndex':
    case 'dropIndex':
    case 'validateConstraint':
    case 'createTableComment':
    case 'dropTableComment':
      return true;
    case 'addColumn':
      // A new column might be called as a text is written.
      return canAddColumn(operation) && !findTable(schema, operation.table)?.hasQuotedTexts;
    case 'dropColumn': {
      const table = findTable(schema, operation.table);
      return table === undefined || canDropColumn(table, operation.column, schema);
    }
    case 'alterColumn':
      return Object.keys(operation.change).length === 0 && operation.using === null && !operation.typeChecks;
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey':
    case 'dropConstraint':
      return false;
  }
}

/** A NOT NULL column without a default can be added to an empty table only, which is what we want of it. */
function canAddColumn({ column, uniques }: AddColumn): boolean {
  const constant = column.serverDefault === null || isConstantDefault(column.serverDefault);
  return uniques.length === 0 && constant && !column.generated?.stored && column.autoincrement === false;
}

/**
 * SQLite reads all definitions to drop a column: tables with texts in double quotes would be rebuilt for it, and again for
 * changes behind it. So this one waits, too, and is rebuilt with them, if it can be.
 */
function canDropColumn(table: Table, name: string, { tables }: Schema): boolean {
  const among = tables.some((each) => each.hasQuotedTexts) && table.opaque === null;
  const inKey = [table.primaryKey, ...table.uniques, ...table.foreignKeys].some((each) =>
    each?.columns.includes(name),
  );
  return (
    !inKey &&
    !among &&
    !table.hasQuotedTexts &&
    !table.checks.some((each) => mentionsIdentifier(each.expression, name))
  );
}
