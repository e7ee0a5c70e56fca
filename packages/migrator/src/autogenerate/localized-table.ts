import type { Dialect } from '../dialects/dialect.ts';
import type { CreateTable } from '../operations/operation.ts';
import { emptySchema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';

/** A table as a database would have it, without looking at the others: names it makes up may differ by a number. */
export function localizedTable(table: Table, dialect: Dialect): Table {
  const created: CreateTable = { kind: 'createTable', table: table.name, definition: table };
  return (dialect.localize(created, emptySchema) as CreateTable).definition;
}
