import type { Dialect } from '../dialects/dialect.ts';
import { type SqlToken, tokenizeSql } from '../schema/sql-lexer.ts';

/** The table that SQLite's assertions use; it is there for two statements. */
const TABLE = 'temp."freshmaker_assertion"';

/**
 * Statements that fail with a message unless a query's first column is true, for a client that only runs SQL.
 *
 * @param sql the query of an assertion.
 * @param message may name columns of the query as `{column}`: the values are not known, so they are left out.
 */
export function printAssertion(sql: string, message: string, dialect: Dialect): string[] {
  const told = message.replaceAll(/\{\w+\}/g, '…');
  if (dialect.name === 'postgresql') {
    const block =
      `BEGIN IF NOT coalesce((SELECT "assertion"."ok" FROM (${sql}) AS "assertion" ("ok")), false) THEN` +
      ` RAISE EXCEPTION USING MESSAGE = ${dialect.quoteLiteral(told)}; END IF; END`;
    return [`DO ${dialect.quoteLiteral(block)}`];
  }
  // A check's name is part of SQLite's message when it fails.
  const name = dialect.quoteIdentifier(told);
  const columns = Array.from({ length: countColumns(sql) }, (_, at) => (at === 0 ? 'ok' : `c${at}`));
  return [
    `CREATE TABLE ${TABLE} (ok CONSTRAINT ${name} CHECK (coalesce(ok, 0)))`,
    `WITH assertion (${columns.join(', ')}) AS (${sql}) INSERT INTO ${TABLE} SELECT ok FROM assertion`,
    `DROP TABLE ${TABLE}`,
  ];
}

/** How many columns a SELECT has: the commas outside parentheses before its FROM. */
function countColumns(sql: string): number {
  let depth = 0;
  let columns = 1;
  for (const token of tokenizeSql(sql)) {
    if (depth === 0 && isWord(token, 'FROM')) break;
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth === 0 && token.text === ',') columns++;
  }
  return columns;
}

function isWord(token: SqlToken, word: string): boolean {
  return token.kind === 'word' && token.text.toUpperCase() === word;
}
