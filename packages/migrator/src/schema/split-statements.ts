import { type SqlToken, tokenizeSql } from './sql-lexer.ts';

/**
 * Splits SQL text into its statements, each without its semicolon; the body of a trigger stays in one piece.
 *
 * @param text any number of statements in SQLite's dialect.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let current: SqlToken[] = [];
  let depth = 0;
  for (const token of tokenizeSql(text)) {
    const word = token.kind === 'word' ? token.text.toUpperCase() : '';
    if (token.text === ';' && depth === 0) {
      statements.push(joined(current));
      current = [];
      continue;
    }
    if ((word === 'BEGIN' && isTrigger(current)) || (word === 'CASE' && depth > 0)) depth++;
    if (word === 'END' && depth > 0) depth--;
    current.push(token);
  }
  return [...statements, joined(current)].filter((statement) => statement !== '');
}

/** The text of a statement; nothing when it is only white space and comments. */
function joined(tokens: readonly SqlToken[]): string {
  const empty = tokens.every((token) => token.kind === 'space' || token.kind === 'comment');
  return empty
    ? ''
    : tokens
        .map((token) => token.text)
        .join('')
        .trim();
}

function isTrigger(tokens: readonly SqlToken[]): boolean {
  const words = tokens.filter((token) => token.kind === 'word').map((token) => token.text.toUpperCase());
  return words[0] === 'CREATE' && words.slice(1, 3).includes('TRIGGER');
}
