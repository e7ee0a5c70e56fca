import { OperationError } from '../errors.ts';
import { type IndexColumnDefinition, indexColumn } from '../schema/builders.ts';
import { replaceTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import type { CreateIndex, DropIndex } from './operation.ts';
import { requireColumn, requireTable } from './require.ts';

export interface CreateIndexOptions {
  readonly unique?: boolean;
  /** The condition of a partial index, as SQL. */
  readonly where?: string;
  /** PostgreSQL's access method, e.g. `gin`. */
  readonly using?: string;
  /** PostgreSQL's payload columns. */
  readonly include?: readonly string[];
  readonly concurrently?: boolean;
}

export function createIndex(
  name: string,
  table: string,
  columns: readonly IndexColumnDefinition[],
  options: CreateIndexOptions = {},
): CreateIndex {
  return {
    kind: 'createIndex',
    table,
    index: {
      name,
      unique: options.unique ?? false,
      columns: columns.map(indexColumn),
      where: options.where ?? null,
      using: options.using ?? null,
      include: [...(options.include ?? [])],
    },
    concurrently: options.concurrently ?? false,
  };
}

export function applyCreateIndex(schema: Schema, operation: CreateIndex): Schema {
  const table = requireTable(schema, operation.table);
  const { index } = operation;
  const owner = schema.tables.find((each) => each.indexes.some((other) => other.name === index.name));
  if (owner) {
    throw new OperationError(
      'OPERATION_INVALID',
      `Index "${index.name}" is there already, on "${owner.name}".`,
      {
        hint: 'Drop it first, or give the new index another name.',
        facts: { name: index.name, table: owner.name },
      },
    );
  }
  for (const part of index.columns) if (part.column !== null) requireColumn(table, part.column);
  const indexes = [...table.indexes, index];
  return replaceTable(schema, table.name, { ...withoutInvalid(table, index.name), indexes });
}

/** An unfinished index of the same name gives way. */
function withoutInvalid({ invalidIndexes = [], ...table }: Table, name: string): Table {
  const others = invalidIndexes.filter((each) => each !== name);
  return { ...table, ...(others.length === 0 ? {} : { invalidIndexes: others }) };
}

export function reverseCreateIndex(operation: CreateIndex): DropIndex {
  return {
    kind: 'dropIndex',
    name: operation.index.name,
    table: operation.table,
    concurrently: operation.concurrently,
  };
}
