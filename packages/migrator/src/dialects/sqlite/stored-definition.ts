import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { TableIndex } from '../../schema/table-index.ts';
import { quoteLiteral } from './literal.ts';
import { sameName } from './sql-text.ts';

/**
 * A table as its stored definition was read, in words that any statement may use: columns without the table's name before
 * them, which the copy of a rebuild does not have, and texts in single quotes.
 *
 * SQLite takes a name in double quotes for a text where no column is called so. A definition that is stored keeps that
 * meaning for good, but many a build of SQLite, ours too, refuses it in a new statement (source: "Quirks, Caveats, and
 * Gotchas In SQLite", 8. Double-quoted String Literals Are Accepted).
 */
export function inPlainWords(table: Table): Table {
  const columns = table.columns.map((each) => each.name);
  let hasQuotedTexts = false;
  const texts = (given: string, names: readonly string[]) => {
    const plain = withSingleQuotes(given, names);
    hasQuotedTexts ||= plain !== given;
    return plain;
  };
  const plain: Table = {
    ...table,
    columns: table.columns.map((column) =>
      column.generated === null
        ? column
        : {
            ...column,
            generated: {
              ...column.generated,
              expression: texts(withoutTableName(column.generated.expression, table.name), columns),
            },
          },
    ),
    checks: table.checks.map((check) => ({
      ...check,
      expression: texts(withoutTableName(check.expression, table.name), namesInCheck(table)),
    })),
    indexes: table.indexes.map((index) => indexInPlainWords(index, (text) => texts(text, columns))),
  };
  return hasQuotedTexts ? { ...plain, hasQuotedTexts } : plain;
}

/** Only a check may ask for the rowid. */
function namesInCheck({ columns, withoutRowid }: Table): string[] {
  const names = columns.map((each) => each.name);
  return withoutRowid ? names : [...names, 'rowid', '_rowid_', 'oid'];
}

/** The expression of a stored check, as {@link inPlainWords} has it. */
export function checkInPlainWords(expression: string, table: Table): string {
  return withSingleQuotes(withoutTableName(expression, table.name), namesInCheck(table));
}

function indexInPlainWords(index: TableIndex, texts: (text: string) => string): TableIndex {
  return {
    ...index,
    where: index.where === null ? null : texts(index.where),
    columns: index.columns.map((part) => ({
      ...part,
      expression: part.expression === null ? null : texts(part.expression),
    })),
  };
}

/** `t.a` and `main.t.a` as `a`, in an expression of table `t`: there is no other table it could speak of. */
export function withoutTableName(expression: string, table: string): string {
  const tokens = tokenizeSql(expression);
  const isSolid = ({ kind }: SqlToken) => kind !== 'space' && kind !== 'comment';
  const solid = tokens.filter(isSolid);
  const left = new Set<SqlToken>();
  for (const [at, token] of solid.entries()) {
    if (!isName(token) || !sameName(token.value, table) || solid[at + 1]?.text !== '.') continue;
    const isDatabase = isName(solid[at + 2]) && solid[at + 3]?.text === '.';
    if (isDatabase) continue;
    const first = solid[at - 1]?.text === '.' && isName(solid[at - 2]) ? at - 2 : at;
    for (const each of solid.slice(first, at + 2)) left.add(each);
  }
  return tokens
    .filter((token) => !left.has(token))
    .map((token) => token.text)
    .join('');
}

/** Words behind which a name is a type or a collation. */
const leadElsewhere = ['AS', 'COLLATE'];

/** What stands in double quotes and is no name, in single ones. */
function withSingleQuotes(expression: string, names: readonly string[]): string {
  const tokens = tokenizeSql(expression);
  const solid = tokens.filter((token) => token.kind !== 'space' && token.kind !== 'comment');
  const isText = (token: SqlToken) => {
    if (token.kind !== 'quoted' || !token.text.startsWith('"')) return false;
    if (names.some((name) => sameName(name, token.value))) return false;
    const at = solid.indexOf(token);
    const [before, after] = [solid[at - 1], solid[at + 1]];
    if (before?.text === '.' || after?.text === '.' || after?.text === '(') return false;
    return before?.kind !== 'word' || !leadElsewhere.includes(before.text.toUpperCase());
  };
  return tokens.map((token) => (isText(token) ? quoteLiteral(token.value) : token.text)).join('');
}

function isName(token: SqlToken | undefined): token is SqlToken {
  return token?.kind === 'word' || token?.kind === 'quoted';
}
