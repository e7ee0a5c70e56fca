import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';
import { meaningful } from './sql-text.ts';
import { sourcesIn } from './view-sources.ts';

/**
 * The tables and views that a trigger writes to or reads for certain, beside the one it is on.
 *
 * @param sql a stored CREATE TRIGGER.
 */
export function tablesOfTrigger(sql: string): string[] {
  const tokens = meaningful(tokenizeSql(sql));
  // `CREATE TRIGGER … ON [schema.]table … BEGIN statement; … END`
  const on = tokens.findIndex((token) => isWord(token, 'ON'));
  const body = tokens.slice(tokens[on + 2]?.text === '.' ? on + 4 : on + 2);
  const written = body.flatMap((_, at) => writtenAt(body, at));
  return [...written, ...sourcesIn(body)];
}

/** `INSERT INTO t`, `UPDATE OR IGNORE t SET`; what a DELETE empties stands behind FROM, as what is read does. */
function writtenAt(tokens: readonly SqlToken[], at: number): string[] {
  const [token, next, , name] = tokens.slice(at, at + 4);
  if (isWord(token, 'INTO')) return next ? [next.value] : [];
  // The UPDATE of an ON CONFLICT names no table.
  if (!isWord(token, 'UPDATE') || isWord(next, 'SET')) return [];
  const target = isWord(next, 'OR') ? name : next;
  return target ? [target.value] : [];
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}
