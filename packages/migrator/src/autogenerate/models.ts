import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../schema/column.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { localizedTable } from './localized-table.ts';
import { settledTable } from './settle-target.ts';

/** A table of the models, in their terms and in a database's. */
export interface ModelTable {
  readonly neutral: Table;
  readonly localized: Table;
  readonly columns: ReadonlyMap<string, { readonly neutral: Column; readonly localized: Column }>;
}

/** The models as a comparison sees them. */
export type Models = ReadonlyMap<string, ModelTable>;

/** @param reference see {@link settledTable}. */
export function modelsFor(schema: Schema, reference: Schema, dialect: Dialect): Models {
  const known = new Map(reference.tables.map((table) => [table.name, table]));
  return new Map(
    schema.tables.map((table) => {
      const neutral = settledTable(table, known.get(table.name));
      const localized = localizedTable(neutral, dialect);
      const columns = new Map(
        neutral.columns.map((column, at) => [
          column.name,
          { neutral: column, localized: localized.columns[at] as Column },
        ]),
      );
      return [table.name, { neutral, localized, columns }];
    }),
  );
}
