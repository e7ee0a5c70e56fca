import { OperationError } from '../errors.ts';
import type { ColumnDefinition } from '../schema/builders.ts';
import { check, primaryKey as primaryKeyOf, unique } from '../schema/builders.ts';
import type { Autoincrement, Column } from '../schema/column.ts';
import type { Constraint, ForeignKey, PrimaryKey } from '../schema/constraint.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import { emptyTable, type Table } from '../schema/table.ts';
import { withEnumsOf } from './enum-types.ts';
import type { CreateTable, DropTable } from './operation.ts';

export type TableElement = ColumnDefinition | Constraint;

export interface CreateTableOptions {
  readonly comment?: string;
  /** SQLite's `STRICT`. */
  readonly strict?: boolean;
  /** SQLite's `WITHOUT ROWID`. */
  readonly withoutRowid?: boolean;
}

/**
 * @param elements columns and constraints in any order; the columns keep theirs.
 * @throws OperationError `OPERATION_INVALID` for a table without columns, a column named twice, two primary keys, or a
 *   constraint on a column the table does not have.
 */
export function createTable(
  name: string,
  elements: readonly TableElement[],
  options: CreateTableOptions = {},
): CreateTable {
  const definitions = elements.filter((each): each is ColumnDefinition => each.kind === 'column');
  const primaryKey = onePrimaryKey(name, definitions, elements);
  const foreignKeys = elements.filter((each) => each.kind === 'foreignKey');
  const table: Table = {
    ...emptyTable,
    name,
    columns: definitions.map((each) => toColumn(each, primaryKey, foreignKeys, options)),
    primaryKey,
    uniques: [
      ...definitions.filter((each) => each.unique).map((each) => unique([each.name])),
      ...elements.filter((each) => each.kind === 'unique'),
    ],
    checks: [
      ...definitions.flatMap((each) => (each.check === null ? [] : [check(each.check)])),
      ...elements.filter((each) => each.kind === 'check'),
    ],
    foreignKeys,
    comment: options.comment ?? null,
    strict: options.strict ?? false,
    withoutRowid: options.withoutRowid ?? false,
  };
  validate(table);
  return { kind: 'createTable', table: name, definition: table };
}

function onePrimaryKey(
  table: string,
  definitions: readonly ColumnDefinition[],
  elements: readonly TableElement[],
): PrimaryKey | null {
  const marked = definitions.filter((each) => each.primaryKey).map((each) => each.name);
  const keys = [
    ...(marked.length > 0 ? [primaryKeyOf(marked)] : []),
    ...elements.filter((each) => each.kind === 'primaryKey'),
  ];
  if (keys.length > 1) {
    throw new OperationError('OPERATION_INVALID', `Table "${table}" is given two primary keys.`, {
      hint: 'Mark the columns with primaryKey: true, or add one primaryKey([…]), not both.',
      facts: { table },
    });
  }
  return keys[0] ?? null;
}

function toColumn(
  definition: ColumnDefinition,
  primaryKey: PrimaryKey | null,
  foreignKeys: readonly ForeignKey[],
  options: CreateTableOptions,
): Column {
  const inKey = primaryKey?.columns.includes(definition.name) ?? false;
  return {
    name: definition.name,
    type: definition.type,
    nullable: definition.nullable && !inKey,
    serverDefault: definition.serverDefault,
    autoincrement: definition.autoincrementGiven
      ? definition.autoincrement
      : countsUp(definition, primaryKey, foreignKeys, options),
    generated: definition.generated,
    collation: definition.collation,
    comment: definition.comment,
  };
}

/** SQLAlchemy's rule: the one integer column of a primary key, unless it points elsewhere or has a default. */
function countsUp(
  column: ColumnDefinition,
  primaryKey: PrimaryKey | null,
  foreignKeys: readonly ForeignKey[],
  options: CreateTableOptions,
): Autoincrement | false {
  const integer = ['integer', 'smallInteger', 'bigInteger'].includes(column.type.kind);
  const alone = primaryKey?.columns.length === 1 && primaryKey.columns[0] === column.name;
  const pointsElsewhere = foreignKeys.some((key) => key.columns.includes(column.name));
  const counts =
    integer && alone && !pointsElsewhere && column.serverDefault === null && column.generated === null;
  return counts && !options.withoutRowid ? 'serial' : false;
}

function validate(table: Table): void {
  const names = table.columns.map((each) => each.name);
  const problems = [
    ...(names.length === 0 ? ['it has no columns'] : []),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `column "${name}" is there twice`),
    ...[table.primaryKey, ...table.uniques, ...table.foreignKeys]
      .flatMap((each) => each?.columns ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => `a constraint names column "${name}", which it does not have`),
  ];
  if (problems.length === 0) return;
  throw new OperationError(
    'OPERATION_INVALID',
    `Table "${table.name}" cannot be created: ${problems.join('; ')}.`,
    {
      hint: 'Correct the createTable call in the revision script.',
      facts: { table: table.name },
    },
  );
}

export function applyCreateTable(schema: Schema, operation: CreateTable): Schema {
  if (findTable(schema, operation.table)) {
    throw new OperationError('OPERATION_INVALID', `Table "${operation.table}" is there already.`, {
      hint: 'Drop or rename it first, or give the new table another name.',
      facts: { table: operation.table },
    });
  }
  const created = { ...schema, tables: [...schema.tables, operation.definition] };
  return withEnumsOf(created, operation.definition.columns);
}

export function reverseCreateTable(operation: CreateTable): DropTable {
  return { kind: 'dropTable', table: operation.table, allowDataLoss: false };
}
