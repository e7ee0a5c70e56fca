import type { Trigger } from '../../schema/schema.ts';
import { type SqlToken, tokenizeSql } from '../../schema/sql-lexer.ts';
import type { Table } from '../../schema/table.ts';
import { quoteIdentifier, quoteIdentifiers } from './literal.ts';
import { meaningful, sameName } from './sql-text.ts';

/**
 * A statement on no row that makes SQLite compile a trigger.
 *
 * @param columns of the table or view it is on, those that can be given values.
 */
export function firingStatement(trigger: Trigger, columns: readonly string[]): string {
  const name = quoteIdentifier(trigger.table);
  const { event, updates } = eventOf(trigger);
  if (event === 'DELETE') return `DELETE FROM ${name} WHERE 0`;
  if (event === 'INSERT') {
    const list = quoteIdentifiers(columns);
    return `INSERT INTO ${name} (${list}) SELECT ${list} FROM ${name} WHERE 0`;
  }
  const updated =
    updates.find((column) => columns.some((each) => sameName(each, column))) ?? columns[0] ?? '';
  return `UPDATE ${name} SET ${quoteIdentifier(updated)} = ${quoteIdentifier(updated)} WHERE 0`;
}

/** The columns that take values: all but the computed ones. */
export function givenColumns({ columns }: Table): string[] {
  return columns.filter((column) => column.generated === null).map((column) => column.name);
}

/** `CREATE TRIGGER name [BEFORE|AFTER|INSTEAD OF] DELETE|INSERT|UPDATE [OF column, …] ON …` */
function eventOf(trigger: Trigger): { readonly event: string; readonly updates: readonly string[] } {
  const tokens = meaningful(tokenizeSql(trigger.sql));
  const isWord = (text: string) => (token: SqlToken) =>
    token.kind === 'word' && token.text.toUpperCase() === text;
  const start = tokens.findIndex((token) =>
    ['DELETE', 'INSERT', 'UPDATE'].some((event) => isWord(event)(token)),
  );
  const end = tokens.findIndex((token, at) => at > start && isWord('ON')(token));
  const between = tokens.slice(start + 1, end).filter((token) => token.text !== ',');
  return {
    event: tokens[start]?.text.toUpperCase() ?? '',
    updates: between.slice(1).map((token) => token.value),
  };
}
