import { findConstraint } from '../../operations/drop-constraint.ts';
import type { CreateConstraint, DropConstraint, Operation } from '../../operations/operation.ts';
import { requireTable } from '../../operations/require.ts';
import { findTable, type Schema } from '../../schema/schema.ts';
import { localizeConstraint, localizeCreatePrimaryKey } from './localize-constraint.ts';
import { localizeIndex } from './localize-index.ts';
import { localizeAddColumn, localizeAlterColumn, localizeCreateTable } from './localize-table.ts';
import { columnName, requireFreeColumn, requireFreeName, tableName } from './resolve-name.ts';
import { sameName } from './sql-text.ts';
import { checkInPlainWords } from './stored-definition.ts';

/**
 * An operation as SQLite will carry it out: types as they are declared, enumerations as texts with a check, an integer
 * primary key as the rowid it is; comments, identities, access methods and the like are left out. Names are spelled as
 * the schema spells them, since SQLite does not tell them apart by case.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for what would mean something else on SQLite (a column that counts
 *   up without being the key), `OPERATION_INVALID` for a name that is taken.
 */
export function localize(operation: Operation, schema: Schema): Operation {
  switch (operation.kind) {
    case 'createTable':
      return localizeCreateTable(operation, schema);
    case 'addColumn':
      return localizeAddColumn({ ...operation, table: tableName(schema, operation.table) }, schema);
    case 'alterColumn':
      return localizeAlterColumn(withColumn(operation, schema), schema);
    case 'createTableComment':
      return { ...operation, table: tableName(schema, operation.table), comment: null };
    case 'dropTable':
    case 'validateConstraint':
    case 'dropTableComment':
      return { ...operation, table: tableName(schema, operation.table) };
    case 'dropColumn':
      return withColumn(operation, schema);
    case 'renameTable': {
      const table = tableName(schema, operation.table);
      requireFreeName(schema, operation.to, table);
      return { ...operation, table };
    }
    case 'renameColumn': {
      const named = withColumn(operation, schema);
      const table = findTable(schema, named.table);
      if (table) requireFreeColumn(table, named.to, named.column);
      return named;
    }
    case 'createIndex': {
      const table = tableName(schema, operation.table);
      requireFreeName(schema, operation.index.name);
      return {
        ...operation,
        table,
        index: localizeIndex(requireTable(schema, table), operation.index),
        concurrently: false,
      };
    }
    case 'dropIndex':
      return { ...operation, ...ownerOf(operation.name, schema), concurrently: false };
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey':
      return localizeCreateConstraint({ ...operation, table: tableName(schema, operation.table) }, schema);
    case 'dropConstraint':
      return localizeDropConstraint({ ...operation, table: tableName(schema, operation.table) }, schema);
    case 'execute':
    case 'bulkInsert':
    case 'run':
    case 'irreversible':
      return operation;
  }
}

function withColumn<O extends { readonly table: string; readonly column: string }>(
  operation: O,
  schema: Schema,
): O {
  const table = tableName(schema, operation.table);
  return { ...operation, table, column: columnName(findTable(schema, table), operation.column) };
}

/** The index's name as the schema spells it, with its table. */
function ownerOf(name: string, schema: Schema): { readonly name?: string; readonly table?: string } {
  for (const table of schema.tables) {
    const index = table.indexes.find((each) => sameName(each.name, name));
    if (index) return { name: index.name, table: table.name };
  }
  return {};
}

function localizeCreateConstraint(operation: CreateConstraint, schema: Schema): CreateConstraint {
  const table = requireTable(schema, operation.table);
  if (operation.kind === 'createPrimaryKey') return localizeCreatePrimaryKey(operation, table);
  return {
    ...operation,
    constraint: localizeConstraint(operation.constraint, table, schema),
  } as CreateConstraint;
}

/** Says which constraint is meant, by its name or, where it has none, by what it is about. */
function localizeDropConstraint(operation: DropConstraint, schema: Schema): DropConstraint {
  const table = requireTable(schema, operation.table);
  const sql = operation.sql === null ? null : checkInPlainWords(operation.sql, table);
  const found = findConstraint(table, { ...operation, sql });
  const counts =
    found.kind === 'primaryKey' &&
    table.columns.some((each) => found.columns.includes(each.name) && each.autoincrement !== false);
  return {
    ...operation,
    name: found.name,
    type: found.kind,
    columns: found.kind === 'check' ? null : found.columns,
    sql: found.kind === 'check' ? found.expression : null,
    ...(counts ? { autoincrement: false as const } : {}),
  };
}
