import type { Dialect } from '../dialects/dialect.ts';
import type { Column } from '../schema/column.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';
import { localizedTable } from './localized-table.ts';

/** A table of the models, in their terms and in a database's. */
export interface ModelTable {
  readonly neutral: Table;
  readonly localized: Table;
  readonly columns: ReadonlyMap<string, { readonly neutral: Column; readonly localized: Column }>;
}

/** The models as a comparison sees them. */
export type Models = ReadonlyMap<string, ModelTable>;

/** @param schema see {@link settledSchema}. */
export function modelsFor(schema: Schema, dialect: Dialect): Models {
  return new Map(
    schema.tables.map((neutral) => {
      const localized = localizedTable(neutral, dialect);
      const columns = new Map(
        neutral.columns.map((column, at) => [
          column.name,
          { neutral: column, localized: localized.columns[at] as Column },
        ]),
      );
      return [neutral.name, { neutral, localized, columns }];
    }),
  );
}
