import { OperationError } from '../errors.ts';
import { requireArguments } from '../schema/arguments.ts';
import {
  type ColumnDefinition,
  check,
  column,
  type ForeignKeyOptions,
  foreignKey,
  type IndexColumnDefinition,
  primaryKey,
  type UniqueOptions,
  unique,
} from '../schema/builders.ts';
import { type DataTypes, t } from '../schema/data-type.ts';
import { sql } from '../schema/expression.ts';
import { addColumn } from './add-column.ts';
import { type AlterColumnOptions, alterColumn } from './alter-column.ts';
import { argumentShapes } from './argument-shapes.ts';
import { type CreateIndexOptions, createIndex } from './create-index.ts';
import { type CreateTableOptions, createTable, type TableElement } from './create-table.ts';
import type { DropConstraintOptions } from './drop-constraint.ts';
import { execute } from './execute.ts';
import type { Operation } from './operation.ts';
import { requireFragments } from './require-fragments.ts';
import type { RunFunction, RunOptions } from './run.ts';

/** `op` without the table's name: what `op.batchAlterTable` hands to its function. */
export interface BatchOperations {
  addColumn(column: ColumnDefinition): void;
  dropColumn(name: string, options?: { readonly allowDataLoss?: boolean }): void;
  renameColumn(name: string, to: string): void;
  alterColumn(name: string, change: AlterColumnOptions): void;
  createIndex(name: string, columns: readonly IndexColumnDefinition[], options?: CreateIndexOptions): void;
  dropIndex(name: string, options?: { readonly concurrently?: boolean }): void;
  createForeignKey(
    name: string | null,
    refTable: string,
    columns: readonly string[],
    refColumns: readonly string[],
    options?: Omit<ForeignKeyOptions, 'name'>,
  ): void;
  createUniqueConstraint(
    name: string | null,
    columns: readonly string[],
    options?: Omit<UniqueOptions, 'name'>,
  ): void;
  createCheckConstraint(
    name: string | null,
    expression: string,
    options?: { readonly notValid?: boolean },
  ): void;
  createPrimaryKey(name: string | null, columns: readonly string[]): void;
  validateConstraint(name: string): void;
  dropConstraint(name: string | null, options?: DropConstraintOptions): void;
  createTableComment(comment: string): void;
  dropTableComment(): void;
}

const ended = new WeakSet<Operations>();

/** Takes no more operations, since the function of the script is over. @returns all that were recorded, in order. */
export function endRecording(op: Operations): readonly Operation[] {
  ended.add(op);
  return op.recorded;
}

/**
 * What `upgrade` and `downgrade` are given. Each call records one operation; none touches a database.
 *
 * Every method throws an OperationError `OPERATION_INVALID` when its arguments contradict each other, or are nothing of what
 * they must be (see `argument-shapes.ts`, and for SQL `require-fragments.ts`).
 */
export class Operations {
  readonly #recorded: Operation[] = [];

  // The builders, for scripts that import nothing.
  readonly t: DataTypes = t;
  readonly column: typeof column = column;
  readonly foreignKey: typeof foreignKey = foreignKey;
  readonly primaryKey: typeof primaryKey = primaryKey;
  readonly unique: typeof unique = unique;
  readonly check: typeof check = check;
  readonly sql: typeof sql = sql;

  /** What was recorded so far, in order. */
  get recorded(): readonly Operation[] {
    return this.#recorded;
  }

  /** What comes when the script's function is over would be part of the plan, or not, as it happens. */
  #record(operation: Operation): void {
    if (ended.has(this)) {
      throw new OperationError(
        'OPERATION_INVALID',
        `${operation.kind} was called when its revision had been recorded already.`,
        {
          hint: 'Await in the script whatever calls op: upgrade and downgrade may be async functions. Inside op.run, use the db that it is given.',
          facts: { operation: operation.kind },
        },
      );
    }
    requireFragments(operation);
    this.#recorded.push(Object.freeze(operation));
  }

  createTable(name: string, elements: readonly TableElement[], options?: CreateTableOptions): void {
    requireArguments('createTable', argumentShapes.createTable, { name, elements, options });
    this.#record(createTable(name, elements, options));
  }

  /** @param options.allowDataLoss the rows may go: production does not ask for leave again. */
  dropTable(name: string, options: { readonly allowDataLoss?: boolean } = {}): void {
    requireArguments('dropTable', argumentShapes.dropTable, { name, options });
    this.#record({ kind: 'dropTable', table: name, allowDataLoss: options.allowDataLoss ?? false });
  }

  renameTable(name: string, to: string): void {
    requireArguments('renameTable', argumentShapes.renameTable, { name, to });
    this.#record({ kind: 'renameTable', table: name, to });
  }

  addColumn(table: string, definition: ColumnDefinition): void {
    requireArguments('addColumn', argumentShapes.addColumn, { table, definition });
    this.#record(addColumn(table, definition));
  }

  /** Takes the column's indexes, keys and checks with it. */
  dropColumn(table: string, name: string, options: { readonly allowDataLoss?: boolean } = {}): void {
    requireArguments('dropColumn', argumentShapes.dropColumn, { table, name, options });
    this.#record({ kind: 'dropColumn', table, column: name, allowDataLoss: options.allowDataLoss ?? false });
  }

  renameColumn(table: string, name: string, to: string): void {
    requireArguments('renameColumn', argumentShapes.renameColumn, { table, name, to });
    this.#record({ kind: 'renameColumn', table, column: name, to });
  }

  alterColumn(table: string, name: string, change: AlterColumnOptions): void {
    requireArguments('alterColumn', argumentShapes.alterColumn, { table, name, change });
    this.#record(alterColumn(table, name, change));
  }

  createIndex(
    name: string,
    table: string,
    columns: readonly IndexColumnDefinition[],
    options?: CreateIndexOptions,
  ): void {
    requireArguments('createIndex', argumentShapes.createIndex, { name, table, columns, options });
    this.#record(createIndex(name, table, columns, options));
  }

  dropIndex(name: string, table?: string, options: { readonly concurrently?: boolean } = {}): void {
    requireArguments('dropIndex', argumentShapes.dropIndex, { name, table, options });
    this.#record({
      kind: 'dropIndex',
      name,
      table: table ?? null,
      concurrently: options.concurrently ?? false,
    });
  }

  createForeignKey(
    name: string | null,
    table: string,
    refTable: string,
    columns: readonly string[],
    refColumns: readonly string[],
    options: Omit<ForeignKeyOptions, 'name'> = {},
  ): void {
    requireArguments('createForeignKey', argumentShapes.createForeignKey, {
      name,
      table,
      refTable,
      columns,
      refColumns,
      options,
    });
    const constraint = foreignKey(columns, refTable, refColumns, { ...options, name });
    this.#record({ kind: 'createForeignKey', table, constraint });
  }

  createUniqueConstraint(
    name: string | null,
    table: string,
    columns: readonly string[],
    options: Omit<UniqueOptions, 'name'> = {},
  ): void {
    requireArguments('createUniqueConstraint', argumentShapes.createUniqueConstraint, {
      name,
      table,
      columns,
      options,
    });
    this.#record({
      kind: 'createUniqueConstraint',
      table,
      constraint: unique(columns, { ...options, name }),
    });
  }

  /** @param expression SQL, without the parentheses around it. */
  createCheckConstraint(
    name: string | null,
    table: string,
    expression: string,
    options: { readonly notValid?: boolean } = {},
  ): void {
    requireArguments('createCheckConstraint', argumentShapes.createCheckConstraint, {
      name,
      table,
      expression,
      options,
    });
    this.#record({
      kind: 'createCheckConstraint',
      table,
      constraint: check(expression, { ...options, name }),
    });
  }

  createPrimaryKey(name: string | null, table: string, columns: readonly string[]): void {
    requireArguments('createPrimaryKey', argumentShapes.createPrimaryKey, { name, table, columns });
    this.#record({ kind: 'createPrimaryKey', table, constraint: primaryKey(columns, { name }) });
  }

  /** @param name null where `columns` (for a check `sql`) say which one. */
  dropConstraint(name: string | null, table: string, options: DropConstraintOptions = {}): void {
    requireArguments('dropConstraint', argumentShapes.dropConstraint, { name, table, options });
    const { type = null, columns = null, sql: expression = null } = options;
    this.#record({ kind: 'dropConstraint', table, name, type, columns, sql: expression });
  }

  /** Checks the rows that a `notValid` constraint has not seen. */
  validateConstraint(name: string, table: string): void {
    requireArguments('validateConstraint', argumentShapes.validateConstraint, { name, table });
    this.#record({ kind: 'validateConstraint', table, name });
  }

  /** Puts a comment on a table, in place of the one it has. SQLite has none. */
  createTableComment(table: string, comment: string): void {
    requireArguments('createTableComment', argumentShapes.createTableComment, { table, comment });
    this.#record({ kind: 'createTableComment', table, comment });
  }

  dropTableComment(table: string): void {
    requireArguments('dropTableComment', argumentShapes.dropTableComment, { table });
    this.#record({ kind: 'dropTableComment', table });
  }

  /** A statement of your own: one text for both databases, or one for each. */
  execute(
    statement: string | { readonly sqlite?: string; readonly postgresql?: string },
    parameters: readonly unknown[] = [],
  ): void {
    requireArguments('execute', argumentShapes.execute, { statement, parameters });
    this.#record(execute(statement, parameters));
  }

  bulkInsert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): void {
    requireArguments('bulkInsert', argumentShapes.bulkInsert, { table, rows });
    this.#record({ kind: 'bulkInsert', table, rows: rows.map((row) => ({ ...row })) });
  }

  /** A data step, run when its turn comes, in the revision's transaction unless said otherwise. */
  run<Database>(step: RunFunction<Database>, options: RunOptions = {}): void {
    requireArguments('run', argumentShapes.run, { step, options });
    this.#record({ kind: 'run', run: step, transactional: options.transactional ?? true });
  }

  /** Groups changes to one table. They are grouped anyway; it is here for those who know it from Alembic. */
  batchAlterTable(table: string, change: (batch: BatchOperations) => void): void {
    requireArguments('batchAlterTable', argumentShapes.batchAlterTable, { table, change });
    change({
      addColumn: (definition) => this.addColumn(table, definition),
      dropColumn: (name, options) => this.dropColumn(table, name, options),
      renameColumn: (name, to) => this.renameColumn(table, name, to),
      alterColumn: (name, options) => this.alterColumn(table, name, options),
      createIndex: (name, columns, options) => this.createIndex(name, table, columns, options),
      dropIndex: (name, options) => this.dropIndex(name, table, options),
      createForeignKey: (name, refTable, columns, refColumns, options) =>
        this.createForeignKey(name, table, refTable, columns, refColumns, options),
      createUniqueConstraint: (name, columns, options) =>
        this.createUniqueConstraint(name, table, columns, options),
      createCheckConstraint: (name, expression, options) =>
        this.createCheckConstraint(name, table, expression, options),
      createPrimaryKey: (name, columns) => this.createPrimaryKey(name, table, columns),
      validateConstraint: (name) => this.validateConstraint(name, table),
      dropConstraint: (name, options) => this.dropConstraint(name, table, options),
      createTableComment: (comment) => this.createTableComment(table, comment),
      dropTableComment: () => this.dropTableComment(table),
    });
  }

  /** Says that this direction cannot be taken, and why. */
  irreversible(reason: string): void {
    requireArguments('irreversible', argumentShapes.irreversible, { reason });
    this.#record({ kind: 'irreversible', reason });
  }
}
