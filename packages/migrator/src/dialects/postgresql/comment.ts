import type { Statement } from '../dialect.ts';
import { quoteIdentifier, quoteLiteral } from './literal.ts';
import { statement } from './statement.ts';

export function commentOnTable(table: string, comment: string | null): Statement {
  return statement(`COMMENT ON TABLE ${quoteIdentifier(table)} IS ${quoteLiteral(comment)}`);
}

export function commentOnColumn(table: string, column: string, comment: string | null): Statement {
  return statement(
    `COMMENT ON COLUMN ${quoteIdentifier(table)}.${quoteIdentifier(column)} IS ${quoteLiteral(comment)}`,
  );
}
