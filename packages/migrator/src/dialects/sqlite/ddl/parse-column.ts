import type { Column, Generated } from '../../../schema/column.ts';
import type { SqlValue } from '../../../schema/expression.ts';
import type { SqlToken } from '../../../schema/sql-lexer.ts';
import { readDeclaredType } from '../data-type.ts';
import { parseDefault } from '../default-value.ts';
import {
  checkOf,
  parseDeferrable,
  parseReferences,
  passConflictClause,
  primaryKeyOf,
  uniqueOf,
} from './parse-constraint.ts';
import type { TableDraft } from './table-draft.ts';
import { type TokenCursor, UnreadableDefinition } from './token-cursor.ts';

/** The words that end a column's type. */
const afterType = new Set(
  'CONSTRAINT PRIMARY NOT NULL UNIQUE CHECK DEFAULT COLLATE REFERENCES GENERATED AS DEFERRABLE ON'.split(' '),
);

function endsType(token: SqlToken): boolean {
  if (token.text === ',' || token.text === ')') return true;
  return token.kind === 'word' && afterType.has(token.text.toUpperCase());
}

/** What the constraints of a column say about the column itself. */
interface ColumnParts {
  nullable: boolean;
  serverDefault: SqlValue | null;
  generated: Generated | null;
  collation: string | null;
}

/** Reads one column with its constraints into the draft. */
export function parseColumn(cursor: TokenCursor, draft: TableDraft): void {
  const name = cursor.name();
  const declared = cursor.textUntil(endsType);
  const parts: ColumnParts = { nullable: true, serverDefault: null, generated: null, collation: null };
  while (cursor.current && cursor.current.text !== ',' && cursor.current.text !== ')') {
    parseColumnConstraint(cursor, name, parts, draft);
  }
  const column: Column = {
    name,
    ...readDeclaredType(declared),
    ...parts,
    autoincrement: false,
    comment: null,
  };
  draft.columns.push(column);
}

function parseColumnConstraint(
  cursor: TokenCursor,
  column: string,
  parts: ColumnParts,
  draft: TableDraft,
): void {
  let name: string | null = null;
  while (cursor.accept('CONSTRAINT')) name = cursor.name();
  const what = (part: string) => `${part} of column "${column}"`;
  const refuseName = (part: string) => {
    if (name !== null) draft.refuse(`${what(part)} is named "${name}"`);
  };
  if (cursor.accept('PRIMARY', 'KEY')) {
    draft.primaryKey = primaryKeyOf(name, [column]);
    if (cursor.accept('DESC')) draft.descendingKey = true;
    else cursor.accept('ASC');
    passConflictClause(cursor, draft, what('the primary key'));
    if (cursor.accept('AUTOINCREMENT')) draft.autoincrement = true;
  } else if (cursor.accept('NOT', 'NULL')) {
    refuseName('the NOT NULL');
    parts.nullable = false;
    passConflictClause(cursor, draft, what('the NOT NULL'));
  } else if (cursor.accept('NULL')) {
    refuseName('the NULL');
    passConflictClause(cursor, draft, what('the NULL'));
  } else if (cursor.accept('UNIQUE')) {
    draft.ofColumns.uniques.push(uniqueOf(name, [column]));
    passConflictClause(cursor, draft, what('the unique constraint'));
  } else if (cursor.accept('CHECK')) {
    draft.ofColumns.checks.push(checkOf(name, cursor.parenthesized()));
    passConflictClause(cursor, draft, what('the check'));
  } else if (cursor.accept('DEFAULT')) {
    refuseName('the default');
    parts.serverDefault = parseDefault(defaultText(cursor));
  } else if (cursor.accept('COLLATE')) {
    refuseName('the collation');
    parts.collation = cursor.name();
  } else if (cursor.accept('REFERENCES')) {
    draft.ofColumns.foreignKeys.push(parseReferences(cursor, name, [column], draft));
  } else if (cursor.looksAt('NOT', 'DEFERRABLE') || cursor.looksAt('DEFERRABLE')) {
    deferLastForeignKey(cursor, draft);
  } else if (cursor.accept('GENERATED', 'ALWAYS', 'AS') || cursor.accept('AS')) {
    refuseName('the expression');
    const expression = cursor.parenthesized();
    const stored = cursor.accept('STORED');
    if (!stored) cursor.accept('VIRTUAL');
    parts.generated = { expression, stored };
  } else {
    throw new UnreadableDefinition(`${cursor.describeCurrent()} begins no constraint of column "${column}"`);
  }
}

function defaultText(cursor: TokenCursor): string {
  if (cursor.current?.text === '(') return cursor.parenthesized();
  const signed = cursor.current?.text === '-' || cursor.current?.text === '+';
  return (signed ? cursor.advance().text : '') + cursor.advance().text;
}

/** SQLite lets the clause stand apart from the REFERENCES it belongs to. */
function deferLastForeignKey(cursor: TokenCursor, draft: TableDraft): void {
  const key = draft.ofColumns.foreignKeys.pop();
  if (!key) throw new UnreadableDefinition('DEFERRABLE stands without a foreign key');
  draft.ofColumns.foreignKeys.push({ ...key, deferrable: parseDeferrable(cursor) });
}
