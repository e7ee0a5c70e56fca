import { type SqlToken, tokenizeSql } from '../../../schema/sql-lexer.ts';
import type { IndexColumn, TableIndex } from '../../../schema/table-index.ts';
import { meaningful, sameName } from '../sql-text.ts';
import { TokenCursor } from './token-cursor.ts';

/**
 * Reads a CREATE INDEX statement as `sqlite_schema` keeps it.
 *
 * @param columns the names of the table's columns, which tell a column from an expression.
 * @throws UnreadableDefinition where the text cannot be followed.
 */
export function parseIndex(sql: string, columns: readonly string[]): TableIndex {
  const cursor = new TokenCursor(sql);
  cursor.expect('CREATE');
  const unique = cursor.accept('UNIQUE');
  cursor.expect('INDEX');
  const name = cursor.name();
  cursor.expect('ON');
  cursor.name();
  const parts = splitByComma(cursor.parenthesized()).map((part) => parseIndexPart(part, columns));
  const where = cursor.accept('WHERE') ? cursor.textUntil(() => false) : null;
  return { name, unique, columns: parts, where, using: null, include: [] };
}

function splitByComma(text: string): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokenizeSql(text)) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function parseIndexPart(tokens: readonly SqlToken[], columns: readonly string[]): IndexColumn {
  let rest = trimmed(tokens);
  const order = rest.at(-1)?.kind === 'word' ? rest.at(-1)?.text.toUpperCase() : undefined;
  if (order === 'ASC' || order === 'DESC') rest = trimmed(rest.slice(0, -1));
  let collation: string | null = null;
  const [before, last] = meaningful(rest).slice(-2);
  if (before?.kind === 'word' && before.text.toUpperCase() === 'COLLATE' && last) {
    collation = last.value;
    rest = trimmed(rest.slice(0, rest.lastIndexOf(before)));
  }
  const column = columnOf(rest, columns);
  return {
    column,
    expression: column === null ? rest.map((token) => token.text).join('') : null,
    order: order === 'DESC' ? 'desc' : 'asc',
    nulls: null,
    collation,
    opclass: null,
  };
}

function trimmed(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const start = tokens.findIndex((token) => token.kind !== 'space');
  const end = tokens.findLastIndex((token) => token.kind !== 'space');
  return start < 0 ? [] : tokens.slice(start, end + 1);
}

function columnOf(tokens: readonly SqlToken[], columns: readonly string[]): string | null {
  const [token, ...more] = meaningful(tokens);
  if (!token || more.length > 0) return null;
  if (token.kind !== 'word' && token.kind !== 'quoted' && token.kind !== 'string') return null;
  return columns.find((column) => sameName(column, token.value)) ?? null;
}
