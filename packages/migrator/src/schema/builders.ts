import { OperationError } from '../errors.ts';
import {
  checkOptions,
  columnOptions,
  constraintOptions,
  dataType,
  distinctNames,
  foreignKeyOptions,
  names,
  uniqueOptions,
} from './argument-shapes.ts';
import { name as aName, listOf, requireArguments, text } from './arguments.ts';
import type { Autoincrement, Column, Generated } from './column.ts';
import type {
  CheckConstraint,
  Deferrable,
  ForeignKey,
  PrimaryKey,
  ReferentialAction,
  UniqueConstraint,
} from './constraint.ts';
import type { DataType } from './data-type.ts';
import type { SqlValue } from './expression.ts';
import type { IndexColumn } from './table-index.ts';

/** A column as a script writes it: with the constraints that may stand beside it. */
export interface ColumnDefinition extends Column {
  readonly kind: 'column';
  readonly primaryKey: boolean;
  readonly unique: boolean;
  /** The expression of a check on this column, null where it has none. */
  readonly check: string | null;
  /** Undefined where the script says nothing: an integer primary key then counts up by itself. */
  readonly autoincrementGiven: boolean;
}

export interface ColumnOptions {
  /** Default true, as in SQL; false for a primary key. */
  readonly nullable?: boolean;
  readonly primaryKey?: boolean;
  readonly autoincrement?: Autoincrement | false;
  readonly unique?: boolean;
  /** A literal, or `sql(…)` for an expression; null for none. */
  readonly serverDefault?: SqlValue | null;
  /** An expression, stored unless said otherwise. */
  readonly generated?: string | { readonly expression: string; readonly stored?: boolean };
  readonly collation?: string;
  readonly check?: string;
  readonly comment?: string;
}

/**
 * A column of a table to be created or added.
 *
 * @param name any identifier; it is quoted where it must be.
 * @param type one of `t`.
 * @throws OperationError `OPERATION_INVALID` for a computed column with a default.
 */
export function column(name: string, type: DataType, options: ColumnOptions = {}): ColumnDefinition {
  requireArguments(
    'column',
    { name: aName, type: dataType, options: columnOptions },
    { name, type, options },
  );
  refuseDefaultOfComputed(name, options);
  return {
    kind: 'column',
    name,
    type,
    nullable: options.nullable ?? !options.primaryKey,
    primaryKey: options.primaryKey ?? false,
    unique: options.unique ?? false,
    check: options.check ?? null,
    serverDefault: options.serverDefault ?? null,
    autoincrement: options.autoincrement ?? false,
    autoincrementGiven: options.autoincrement !== undefined,
    generated: generated(options.generated),
    collation: options.collation ?? null,
    comment: options.comment ?? null,
  };
}

function refuseDefaultOfComputed(name: string, { generated, serverDefault }: ColumnOptions): void {
  if (generated === undefined || serverDefault === undefined || serverDefault === null) return;
  throw new OperationError('OPERATION_INVALID', `Column "${name}" is computed and cannot have a default.`, {
    hint: 'Leave out one of `generated` and `serverDefault`.',
    facts: { column: name },
  });
}

function generated(given: ColumnOptions['generated']): Generated | null {
  if (given === undefined) return null;
  return typeof given === 'string'
    ? { expression: given, stored: true }
    : { expression: given.expression, stored: given.stored ?? true };
}

export interface ConstraintOptions {
  /** Left out, PostgreSQL makes a name up (`<table>_<columns>_key`) and SQLite has none. */
  readonly name?: string | null;
}

export interface ForeignKeyOptions extends ConstraintOptions {
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  readonly deferrable?: Deferrable | null;
  /** PostgreSQL: do not check the rows that are there yet. */
  readonly notValid?: boolean;
}

/**
 * A foreign key from `columns` to `refColumns` of `table`; without `refColumns` to its primary key.
 *
 * @throws OperationError `OPERATION_INVALID` for another number of columns there than here.
 */
export function foreignKey(
  columns: readonly string[],
  table: string,
  refColumns: readonly string[],
  options: ForeignKeyOptions = {},
): ForeignKey {
  requireArguments(
    'foreignKey',
    { columns: names, table: aName, refColumns: listOf(aName), options: foreignKeyOptions },
    { columns, table, refColumns, options },
  );
  requireSameNumber(columns, table, refColumns);
  return {
    kind: 'foreignKey',
    name: options.name ?? null,
    columns: [...columns],
    refTable: table,
    refColumns: [...refColumns],
    onDelete: options.onDelete ?? 'NO ACTION',
    onUpdate: options.onUpdate ?? 'NO ACTION',
    deferrable: options.deferrable ?? null,
    notValid: options.notValid ?? false,
  };
}

function requireSameNumber(columns: readonly string[], table: string, refColumns: readonly string[]): void {
  if (refColumns.length === 0 || refColumns.length === columns.length) return;
  throw new OperationError(
    'OPERATION_INVALID',
    `The foreign key (${columns.join(', ')}) refers to (${refColumns.join(', ')}) of "${table}": one column to one column each.`,
    {
      hint: 'Name as many columns on both sides, in the same order.',
      facts: { columns, refTable: table, refColumns },
    },
  );
}

export function primaryKey(columns: readonly string[], options: ConstraintOptions = {}): PrimaryKey {
  requireArguments(
    'primaryKey',
    { columns: distinctNames, options: constraintOptions },
    { columns, options },
  );
  return { kind: 'primaryKey', name: options.name ?? null, columns: [...columns] };
}

export interface UniqueOptions extends ConstraintOptions {
  /** PostgreSQL: rows may be the same until the end of the statement, or of the transaction. SQLite checks every row. */
  readonly deferrable?: Deferrable | null;
}

export function unique(columns: readonly string[], options: UniqueOptions = {}): UniqueConstraint {
  requireArguments('unique', { columns: distinctNames, options: uniqueOptions }, { columns, options });
  const { name = null, deferrable } = options;
  return { kind: 'unique', name, columns: [...columns], ...(deferrable ? { deferrable } : {}) };
}

/** A check; `expression` is SQL without the surrounding parentheses. */
export function check(
  expression: string,
  options: ConstraintOptions & { readonly notValid?: boolean } = {},
): CheckConstraint {
  requireArguments('check', { expression: text, options: checkOptions }, { expression, options });
  return { kind: 'check', name: options.name ?? null, expression, notValid: options.notValid ?? false };
}

/** An index column as a script writes it: a name, or an object with what differs from the default. */
export type IndexColumnDefinition =
  | string
  | (({ readonly column: string } | { readonly expression: string }) & {
      readonly order?: 'asc' | 'desc';
      readonly nulls?: 'first' | 'last';
      readonly collation?: string;
      readonly opclass?: string;
    });

/** Fills in what {@link IndexColumnDefinition} may leave out. */
export function indexColumn(given: IndexColumnDefinition): IndexColumn {
  const definition = typeof given === 'string' ? { column: given } : given;
  return {
    column: 'column' in definition ? definition.column : null,
    expression: 'expression' in definition ? definition.expression : null,
    order: ('order' in definition ? definition.order : undefined) ?? 'asc',
    nulls: ('nulls' in definition ? definition.nulls : undefined) ?? null,
    collation: ('collation' in definition ? definition.collation : undefined) ?? null,
    opclass: ('opclass' in definition ? definition.opclass : undefined) ?? null,
  };
}
