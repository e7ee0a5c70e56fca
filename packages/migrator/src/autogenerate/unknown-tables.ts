import type { Dialect } from '../dialects/dialect.ts';
import type { Operation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';
import { type SqlToken, tokenizeSql } from '../schema/sql-lexer.ts';

/** The tables of a database that no script has ever made, neither by an operation nor in its own words: others have. */
export function unknownTables(
  live: Schema,
  history: readonly Operation[],
  dialect: Dialect,
): ReadonlySet<string> {
  // SQLite takes names for the same that differ in capitals only.
  const fold = (name: string) => (dialect.name === 'sqlite' ? name.toLowerCase() : name);
  const known = new Set(history.flatMap(tableMadeBy).map(fold));
  return new Set(
    live.tables.flatMap(({ name }) =>
      known.has(fold(name)) || isMadeInOwnWords(name, history) ? [] : [name],
    ),
  );
}

/** The tables that a history has made at any time, under all names they had. */
export function tablesOf(history: readonly Operation[]): ReadonlySet<string> {
  return new Set(history.flatMap(tableMadeBy));
}

function tableMadeBy(operation: Operation): string[] {
  if (operation.kind === 'createTable') return [operation.table];
  return operation.kind === 'renameTable' ? [operation.to] : [];
}

/** Whether an `op.execute` of a history speaks of something of this name, whatever its capitals. */
export function isMadeInOwnWords(name: string, history: readonly Operation[]): boolean {
  const texts = history.flatMap((each) => (each.kind === 'execute' ? Object.values(each.sql) : []));
  const isName = ({ kind, value }: SqlToken) =>
    (kind === 'word' || kind === 'quoted') && value.toLowerCase() === name.toLowerCase();
  return texts.some((text) => text !== null && tokenizeSql(text).some(isName));
}
