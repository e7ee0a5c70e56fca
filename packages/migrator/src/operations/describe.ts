import type { Column } from '../schema/column.ts';
import type { Schema } from '../schema/schema.ts';
import type { TableIndex } from '../schema/table-index.ts';
import { findConstraint } from './drop-constraint.ts';
import type { ColumnChange, Operation } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

/** An operation as `--json` shows it: names instead of definitions. */
export type OperationDescription = {
  readonly kind: Operation['kind'];
  readonly table: string | null;
} & Readonly<Record<string, unknown>>;

/**
 * @param before the schema the operation applies to: the old values of an alterColumn and the columns of what is dropped
 *   are read there.
 */
export function describeOperation(operation: Operation, before: Schema): OperationDescription {
  const { kind } = operation;
  switch (kind) {
    case 'createTable':
      return { kind, table: operation.table, columns: operation.definition.columns.map((each) => each.name) };
    case 'dropTable':
      return { kind, table: operation.table };
    case 'renameTable':
      return { kind, table: operation.table, to: operation.to };
    case 'addColumn':
      return { kind, table: operation.table, column: operation.column.name, type: operation.column.type };
    case 'dropColumn':
      return { kind, table: operation.table, column: operation.column };
    case 'renameColumn':
      return { kind, table: operation.table, column: operation.column, to: operation.to };
    case 'alterColumn': {
      const column = requireColumn(requireTable(before, operation.table), operation.column);
      const keys = changedKeys(operation.change, column);
      const pick = (values: ColumnChange) => Object.fromEntries(keys.map((key) => [key, values[key]]));
      const [from, to] = [pick(column), pick(operation.change)];
      return { kind, table: operation.table, column: operation.column, from, to };
    }
    case 'createIndex':
      return {
        kind,
        table: operation.table,
        name: operation.index.name,
        columns: partsOf(operation.index),
        unique: operation.index.unique,
      };
    case 'dropIndex': {
      const index = before.tables
        .flatMap((table) => table.indexes.map((each) => ({ table: table.name, each })))
        .find(({ each }) => each.name === operation.name);
      return {
        kind,
        table: operation.table ?? index?.table ?? null,
        name: operation.name,
        columns: index ? partsOf(index.each) : [],
      };
    }
    case 'createForeignKey':
    case 'createUniqueConstraint':
    case 'createCheckConstraint':
    case 'createPrimaryKey': {
      const { constraint, table } = operation;
      return {
        kind,
        table,
        name: constraint.name,
        ...(constraint.kind === 'check' ? { sql: constraint.expression } : { columns: constraint.columns }),
        ...(constraint.kind === 'foreignKey'
          ? { refTable: constraint.refTable, refColumns: constraint.refColumns }
          : {}),
      };
    }
    case 'dropConstraint': {
      const found = findConstraint(requireTable(before, operation.table), operation);
      return {
        kind,
        table: operation.table,
        name: operation.name ?? found.name,
        type: found.kind,
        ...(found.kind === 'check' ? { sql: found.expression } : { columns: found.columns }),
      };
    }
    case 'validateConstraint':
      return { kind, table: operation.table, name: operation.name };
    case 'createTableComment':
      return { kind, table: operation.table, comment: operation.comment };
    case 'dropTableComment':
      return { kind, table: operation.table };
    case 'execute':
      return { kind, table: null, sql: operation.sql };
    case 'bulkInsert':
      return { kind, table: operation.table, rows: operation.rows.length };
    case 'run':
      return { kind, table: null, transactional: operation.transactional };
    case 'irreversible':
      return { kind, table: null, reason: operation.reason };
  }
}

/** What is not what it was; all that is asked for where nothing is. */
function changedKeys(change: ColumnChange, before: Column): (keyof ColumnChange)[] {
  const keys = Object.keys(change) as (keyof ColumnChange)[];
  const changed = keys.filter((key) => JSON.stringify(change[key]) !== JSON.stringify(before[key]));
  return changed.length === 0 ? keys : changed;
}

function partsOf(index: TableIndex): string[] {
  return index.columns.map((each) => each.column ?? each.expression ?? '');
}
