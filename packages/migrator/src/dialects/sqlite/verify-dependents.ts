import type { Schema, Trigger } from '../../schema/schema.ts';
import { mentionsIdentifier, tokenizeSql } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import type { Statement } from '../dialect.ts';
import { quoteIdentifier, quoteIdentifiers } from './literal.ts';
import { meaningful, sameName } from './sql-text.ts';
import { assertion, inMessage, run } from './statement.ts';

/**
 * Statements that change nothing and fail where a view or trigger still uses a column that a rebuild has left out.
 * SQLite looks at such texts only when they are used; left alone, they would fail then.
 *
 * @param schema what is there after the rebuild.
 */
export function verifyDependents(before: Table, after: Table, schema: Schema): Statement[] {
  const gone = before.columns.filter((each) => !after.columns.some((other) => other.name === each.name));
  const uses = (sql: string) =>
    mentionsName(sql, before.name) && gone.some((column) => mentionsIdentifier(sql, column.name));
  if (gone.length === 0) return [];
  return [
    ...schema.views.filter((view) => uses(view.sql)).map((view) => canBeRead(view.name)),
    ...schema.triggers
      .filter((trigger) => uses(trigger.sql))
      .flatMap((trigger) => dryRun(trigger, schema.tables)),
  ];
}

function mentionsName(sql: string, name: string): boolean {
  return tokenizeSql(sql).some(
    (token) => (token.kind === 'word' || token.kind === 'quoted') && sameName(token.value, name),
  );
}

function canBeRead(view: string): Statement {
  return assertion(
    `SELECT count(*) >= 0 FROM (SELECT 1 FROM ${quoteIdentifier(view)} LIMIT 0)`,
    `View ${inMessage(view)} cannot be read any more.`,
  );
}

/** A statement on no row that makes SQLite compile the trigger. */
function dryRun(trigger: Trigger, tables: readonly Table[]): Statement[] {
  const table = tables.find((each) => each.name === trigger.table);
  if (!table) return [];
  const name = quoteIdentifier(table.name);
  const own = table.columns.filter((column) => column.generated === null).map((column) => column.name);
  const { event, columns } = eventOf(trigger);
  if (event === 'DELETE') return [run(`DELETE FROM ${name} WHERE 0`)];
  if (event === 'INSERT') {
    const list = quoteIdentifiers(own);
    return [run(`INSERT INTO ${name} (${list}) SELECT ${list} FROM ${name} WHERE 0`)];
  }
  const updated = columns.find((column) => own.some((each) => sameName(each, column))) ?? own[0] ?? '';
  return [run(`UPDATE ${name} SET ${quoteIdentifier(updated)} = ${quoteIdentifier(updated)} WHERE 0`)];
}

/** `CREATE TRIGGER name [BEFORE|AFTER] DELETE|INSERT|UPDATE [OF column, …] ON …` */
function eventOf(trigger: Trigger): { readonly event: string; readonly columns: readonly string[] } {
  const tokens = meaningful(tokenizeSql(trigger.sql));
  const isWord = (text: string) => (token: (typeof tokens)[number]) =>
    token.kind === 'word' && token.text.toUpperCase() === text;
  const start = tokens.findIndex((token) =>
    ['DELETE', 'INSERT', 'UPDATE'].some((event) => isWord(event)(token)),
  );
  const end = tokens.findIndex((token, at) => at > start && isWord('ON')(token));
  const between = tokens.slice(start + 1, end).filter((token) => token.text !== ',');
  return {
    event: tokens[start]?.text.toUpperCase() ?? '',
    columns: between.slice(1).map((token) => token.value),
  };
}
