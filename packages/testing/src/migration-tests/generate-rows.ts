import type { Schema } from '@freshmaker/migrator/engine';
import type { GivenValues } from './check.ts';
import { generateValue } from './generate-value.ts';
import { type Column, type Row, type Rows, type Table, versionTable } from './schema-parts.ts';

/** How the rows of a table differ: all is given; what may be NULL is; what has a default is left to it. */
const variants = ['full', 'nulls', 'defaults'] as const;

/** How many rows are made for a table. */
export const generatedRows = variants.length;

/**
 * Rows for every table of a schema: none refers to a row that is not there, none breaks a unique key.
 *
 * @param filled tables that have rows already; their rows are referred to, and no more are made.
 */
export function generateRows(schema: Schema, given: GivenValues = {}, filled: Rows = new Map()): Rows {
  const rows = new Map<string, readonly Row[]>(filled);
  for (const table of parentsFirst(schema.tables.filter(({ name }) => name !== versionTable))) {
    if ((filled.get(table.name)?.length ?? 0) > 0) continue;
    const made: Row[] = [];
    for (const [at, variant] of variants.entries()) {
      const row = generateRow(table, at + 1, variant, rows, made, given);
      if (row !== null) made.push(row);
    }
    rows.set(table.name, made);
  }
  return new Map([...rows].filter(([name]) => !(filled.get(name)?.length ?? 0)));
}

/** Tables after those they refer to, as far as there is such an order. */
export function parentsFirst(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  for (let waiting = [...tables]; waiting.length > 0; ) {
    const names = new Set(waiting.map(({ name }) => name));
    const ready = waiting.filter((table) =>
      table.foreignKeys.every(({ refTable }) => refTable === table.name || !names.has(refTable)),
    );
    const next = ready.length > 0 ? ready : waiting;
    ordered.push(...next);
    waiting = waiting.filter((table) => !next.includes(table));
  }
  return ordered;
}

/** Null where a row would have to refer to one that cannot be there. */
function generateRow(
  table: Table,
  number: number,
  variant: (typeof variants)[number],
  rows: Rows,
  own: readonly Row[],
  given: GivenValues,
): Row | null {
  const row: Record<string, unknown> = {};
  for (const column of table.columns) {
    if (column.generated !== null) continue;
    const value = given[`${table.name}.${column.name}`];
    if (value !== undefined) row[column.name] = value[number - 1];
    else if (variant === 'defaults' && column.serverDefault !== null) continue;
    else if (variant === 'nulls' && column.nullable) row[column.name] = null;
    else row[column.name] = allowedValue(table, column, number);
  }
  for (const key of table.foreignKeys) {
    if (key.columns.some((column) => `${table.name}.${column}` in given)) continue;
    const nullable = key.columns.filter((column) => isNullable(table, column));
    if (variant === 'nulls' && nullable.length > 0) continue;
    const parents = key.refTable === table.name ? own : (rows.get(key.refTable) ?? []);
    const parent = parents[(number - 1) % Math.max(parents.length, 1)];
    if (parent !== undefined) {
      for (const [at, column] of key.columns.entries()) row[column] = parent[key.refColumns[at] as string];
    } else if (nullable.length > 0) for (const column of nullable) row[column] = null;
    else if (key.refTable === table.name) {
      for (const [at, column] of key.columns.entries()) row[column] = row[key.refColumns[at] as string];
    } else return null;
  }
  return row;
}

function isNullable(table: Table, name: string): boolean {
  return table.columns.find((column) => column.name === name)?.nullable ?? false;
}

/** A value that a check of the form `column IN ('a', 'b')` allows, where there is one. */
function allowedValue(table: Table, column: Column, number: number): unknown {
  for (const { expression } of table.checks) {
    const list = /^\(*"?(\w+)"?\)*\s+IN\s*\(([^()]*)\)\)*$/i.exec(expression.trim());
    if (list?.[1] !== column.name) continue;
    const values = [...(list[2] ?? '').matchAll(/'((?:[^']|'')*)'|(-?\d+)/g)].map(([, text, digits]) =>
      text === undefined ? Number(digits) : text.replaceAll("''", "'"),
    );
    if (values.length > 0) return values[(number - 1) % values.length];
  }
  return generateValue(column, number);
}
