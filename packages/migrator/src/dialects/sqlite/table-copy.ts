import type { AlterColumn } from '../../operations/operation.ts';
import { requireColumn } from '../../operations/require.ts';
import type { DataType } from '../../schema/data-type.ts';
import { renameIdentifier } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import { withCommentEnded } from '../parenthesized.ts';
import { renderDefault } from './default-value.ts';
import { quoteIdentifier } from './literal.ts';
import { narrowed } from './narrowing.ts';

/** Where the values of a column come from when its table is rebuilt. */
export type CopySource =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'expression'; readonly sql: string };

/** By column of the new table; one that is not in it gets its default. */
export type CopySources = ReadonlyMap<string, CopySource>;

/** Every column from itself, but for computed ones, which take no values. */
export function copyAll(table: Table): Map<string, CopySource> {
  const own = table.columns.filter((column) => column.generated === null);
  return new Map(own.map(({ name }) => [name, { kind: 'column', name }]));
}

export function copySql(source: CopySource): string {
  return source.kind === 'column' ? quoteIdentifier(source.name) : source.sql;
}

/** Whether the column is the one the table has now, and not a new one of the same name. */
export function isOwn(table: Table, column: string, source: CopySource | undefined): boolean {
  const there = table.columns.find((each) => each.name === column);
  return there !== undefined && (source !== undefined || there.generated !== null);
}

/** The sources after a column was renamed, in the old table and in the new one alike. */
export function renamedInCopy(sources: CopySources, from: string, to: string): Map<string, CopySource> {
  return new Map(
    [...sources].map(([column, source]) => [column === from ? to : column, renamedSource(source, from, to)]),
  );
}

function renamedSource(source: CopySource, from: string, to: string): CopySource {
  if (source.kind === 'column') return source.name === from ? { kind: 'column', name: to } : source;
  return { kind: 'expression', sql: renameIdentifier(source.sql, from, to) };
}

/** What an alterColumn makes of the values. */
export function alterSource(sources: Map<string, CopySource>, operation: AlterColumn, before: Table): void {
  const { column, change, using, backfill, allowDataLoss } = operation;
  const { serverDefault, type, generated } = requireColumn(before, column);
  // What is computed takes no values.
  if (generated !== null) return;
  const byDefault = serverDefault === null ? 'NULL' : renderDefault(serverDefault);
  // A column added before this has its values by the default it had then, which must fit a new type, too.
  if ((change.serverDefault !== undefined || change.type !== undefined) && !sources.has(column)) {
    sources.set(column, { kind: 'expression', sql: byDefault });
  }
  if (using !== null) sources.set(column, { kind: 'expression', sql: withCommentEnded(using) });
  else if (allowDataLoss && change.type) narrowSource(sources, column, type, change.type);
  if (backfill === null || change.nullable !== false) return;
  const source = sources.get(column);
  const value = source ? copySql(source) : byDefault;
  sources.set(column, { kind: 'expression', sql: `coalesce(${value}, ${renderDefault(backfill)})` });
}

function narrowSource(sources: Map<string, CopySource>, column: string, from: DataType, to: DataType): void {
  const source = sources.get(column);
  const cut = source && narrowed(copySql(source), from, to);
  if (cut) sources.set(column, { kind: 'expression', sql: cut });
}
