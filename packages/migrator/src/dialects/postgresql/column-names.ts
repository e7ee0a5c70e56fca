import type { ColumnRow } from './catalog-queries.ts';

/** Finds the names of columns by the numbers that the catalog's arrays hold. */
export type ColumnNames = (tableId: string, numbers: readonly number[] | null) => string[];

export function columnNames(rows: readonly ColumnRow[]): ColumnNames {
  const names = new Map(rows.map((row) => [`${row.table_id}/${row.number}`, row.name]));
  return (tableId, numbers) => (numbers ?? []).map((number) => names.get(`${tableId}/${number}`) ?? '');
}
