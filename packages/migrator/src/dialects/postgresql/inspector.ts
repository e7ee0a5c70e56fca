import type { Session } from '../../driver/driver.ts';
import type { EnumType, Schema } from '../../schema/schema.ts';
import { emptyTable, type Table } from '../../schema/table.ts';
import type { InspectOptions } from '../dialect.ts';
import {
  type ColumnRow,
  type ConstraintRow,
  columnsQuery,
  constraintsQuery,
  type EnumRow,
  enumsQuery,
  type IndexRow,
  indexesQuery,
  type TableRow,
  type TriggerRow,
  tablesQuery,
  triggersQuery,
  type ViewRow,
  viewsQuery,
} from './catalog-queries.ts';
import { type ColumnNames, columnNames } from './column-names.ts';
import { readColumn } from './read-column.ts';
import { readConstraints } from './read-constraint.ts';
import { readIndex } from './read-index.ts';

/**
 * Reads the structure of the current schema (the first one of the search path that exists) from the catalog, with seven
 * queries however many tables there are, and with three where there is none. Nothing is written, and nothing rests on the session, so it works through a
 * pooler.
 *
 * Left out are views' and extensions' own objects and partitions; of indexes that are invalid only the names are read.
 */
export async function inspect(session: Session, options: InspectOptions = {}): Promise<Schema> {
  const rows = async <Row>(query: string) => (await session.query<Row>(query)).rows;
  const tables = await rows<TableRow>(tablesQuery);
  // A database that is to be filled has none of all this, and the catalog is slow to be read for the first time.
  const ofTables = async <Row>(query: string) => (tables.length === 0 ? [] : rows<Row>(query));
  const columnRows = await ofTables<ColumnRow>(columnsQuery);
  const constraints = byTable(await ofTables<ConstraintRow>(constraintsQuery));
  const indexes = byTable(await ofTables<IndexRow>(indexesQuery));
  const triggers = await ofTables<TriggerRow>(triggersQuery);
  const enums: readonly EnumType[] = await rows<EnumRow>(enumsQuery);
  const views = await rows<ViewRow>(viewsQuery);
  const included = (name: string) => !options.exclude?.(name);
  const columns = byTable(columnRows);
  const names = columnNames(columnRows);
  const rowsOf = (id: string): TableParts => ({
    columns: columns.get(id) ?? [],
    constraints: constraints.get(id) ?? [],
    indexes: indexes.get(id) ?? [],
  });
  return {
    tables: tables
      .filter((table) => included(table.name))
      .map((table) => readTable(table, rowsOf(table.id), enums, names)),
    enums: enums.map(({ name, values }) => ({ name, values })),
    views: views.map(({ name, sql }) => ({ name, sql })),
    triggers: triggers
      .filter((trigger) => included(trigger.table))
      .map(({ name, table, sql }) => ({ name, table, sql })),
  };
}

function byTable<Row extends { readonly table_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row.table_id);
}

interface TableParts {
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly indexes: readonly IndexRow[];
}

function readTable(
  table: TableRow,
  { columns, constraints, indexes }: TableParts,
  enums: readonly EnumType[],
  names: ColumnNames,
): Table {
  const invalid = indexes.flatMap((each) => (each.valid ? [] : [each.name]));
  const beyond = [
    ...(table.inherits ? ['it inherits from another table'] : []),
    ...(table.unlogged ? ['it is unlogged'] : []),
    ...invalid.map((each) => `"${each}" was never finished`),
    ...constraints.flatMap((each) => (each.beyond === null ? [] : [`"${each.name}" ${each.beyond}`])),
    ...indexes.flatMap((each) => (each.nulls_not_distinct ? [`"${each.name}" takes nulls as equal`] : [])),
  ];
  return {
    ...emptyTable,
    name: table.name,
    columns: columns.map((each) => readColumn(each, enums)),
    ...readConstraints(constraints, names),
    indexes: indexes.filter((each) => each.valid).map((each) => readIndex(each, names)),
    ...(invalid.length === 0 ? {} : { invalidIndexes: invalid }),
    comment: table.comment,
    ...(table.dependents.length === 0 ? {} : { dependents: table.dependents }),
    opaque: beyond.length === 0 ? null : beyond.join('; '),
  };
}
