import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';
import { meaningful, sameName } from './sql-text.ts';

/** Words behind which a list of tables is over. */
const endOfTables = new Set(
  'WHERE GROUP HAVING WINDOW ORDER LIMIT UNION EXCEPT INTERSECT SELECT VALUES SET'.split(' '),
);

/**
 * The tables and views that a view reads for certain: names where only a table can stand, but for those that the text gives
 * to queries of its own (`WITH`).
 *
 * @param sql a stored CREATE VIEW.
 */
export function sourcesOf(sql: string): string[] {
  return sourcesIn(meaningful(tokenizeSql(sql)));
}

/** As {@link sourcesOf}, of tokens that mean something: queries, and statements that end in semicolons. */
export function sourcesIn(tokens: readonly SqlToken[]): string[] {
  const own = ownQueries(tokens);
  const sources: string[] = [];
  // One entry per open parenthesis: whether a list of tables stands there.
  const inTables = [false];
  let expected = false;
  for (const [at, token] of tokens.entries()) {
    const word = token.kind === 'word' ? token.text.toUpperCase() : '';
    const last = inTables.length - 1;
    if (token.text === '(') {
      const isQuery = isWord(tokens[at + 1], 'SELECT', 'WITH', 'VALUES');
      expected &&= !isQuery;
      inTables.push(expected);
    } else if (token.text === ')') {
      inTables.pop();
      expected = false;
    } else if (word === 'FROM' && !isWord(tokens[at - 1], 'DISTINCT')) {
      inTables[last] = true;
      expected = true;
    } else if (word === 'JOIN' || (token.text === ',' && inTables[last])) {
      expected = true;
    } else if (word === 'IN') {
      sources.push(...tableBehind(tokens.slice(at + 1, at + 5)));
    } else if (endOfTables.has(word) || token.text === ';') {
      inTables[last] = false;
      expected = false;
    } else if (expected && isName(token) && tokens[at + 1]?.text !== '.' && token.text !== '.') {
      expected = false;
      if (tokens[at + 1]?.text !== '(') sources.push(token.value);
    }
  }
  return sources.filter((name) => !own.some((each) => sameName(each, name)));
}

/** `IN t` reads a table as `IN (SELECT …)` does. */
function tableBehind([first, dot, second, behind]: readonly SqlToken[]): string[] {
  const [name, next] = dot?.text === '.' ? [second, behind] : [first, dot];
  return name && isName(name) && next?.text !== '(' ? [name.value] : [];
}

/** What may be a name of a `WITH`: each that a parenthesis follows, or `AS` and one. */
function ownQueries(tokens: readonly SqlToken[]): string[] {
  if (!tokens.some((token) => isWord(token, 'WITH'))) return [];
  return tokens.flatMap((token, at) => {
    const rest = tokens.slice(at + 1, at + 5).filter((each) => !isWord(each, 'AS', 'NOT', 'MATERIALIZED'));
    return isName(token) && rest[0]?.text === '(' ? [token.value] : [];
  });
}

function isName(token: SqlToken | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted' || token?.kind === 'string';
}

function isWord(token: SqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}
