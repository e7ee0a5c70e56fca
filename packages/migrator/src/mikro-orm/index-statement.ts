import { OperationError } from '../errors.ts';
import { type SqlToken, tokenizeSql } from '../schema/sql-lexer.ts';
import type { IndexColumn, TableIndex } from '../schema/table-index.ts';

/**
 * Reads `create [unique] index name on table [using method] (columns) [include (…)] [where …]`, which is how an entity
 * gives an index of its own making.
 *
 * @throws OperationError `OPERATION_NOT_SUPPORTED` for a statement that says anything else.
 */
export function parseIndexStatement(statement: string, name: string): TableIndex {
  const tokens = tokenizeSql(statement).filter(({ kind }) => kind !== 'comment');
  const words = tokens.filter(({ kind }) => kind !== 'space');
  const open = tokens.findIndex((token) => token.text === '(');
  const close = closing(tokens, open);
  const rest = tokens.slice(close + 1);
  if (!isWord(words[0], 'create') || open === -1 || close === -1) throw notUnderstood(statement, name);
  const head = tokens.slice(0, open).filter(({ kind }) => kind !== 'space');
  const using = head.findIndex((token) => isWord(token, 'using'));
  const includeAt = rest.findIndex((token) => isWord(token, 'include'));
  const whereAt = rest.findIndex((token) => isWord(token, 'where'));
  const method = using === -1 ? undefined : head[using + 1]?.value.toLowerCase();
  return {
    name: nameIn(head) ?? name,
    unique: isWord(words[1], 'unique'),
    columns: split(tokens.slice(open + 1, close)).map(parsePart),
    where: whereAt === -1 ? null : text(rest.slice(whereAt + 1)).replace(/;\s*$/, ''),
    using: method === undefined || method === 'btree' ? null : method,
    include: includeAt === -1 ? [] : included(rest.slice(includeAt)),
  };
}

function notUnderstood(statement: string, name: string): OperationError {
  return new OperationError(
    'OPERATION_NOT_SUPPORTED',
    `The expression of index "${name}" is no CREATE INDEX statement: ${statement}`,
    {
      hint: 'Give the whole statement: create [unique] index name on table (columns) [where condition].',
      facts: { name },
    },
  );
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

/** The name before `on`, without `if not exists` and `concurrently`. */
function nameIn(head: readonly SqlToken[]): string | undefined {
  const on = head.findIndex((token) => isWord(token, 'on'));
  const before = head[on - 1];
  return before === undefined || isWord(before, 'index') || isWord(before, 'concurrently')
    ? undefined
    : before.value;
}

function closing(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let at = open; at >= 0 && at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth++;
    if (tokens[at]?.text === ')' && --depth === 0) return at;
  }
  return -1;
}

/** Divides a list at its commas, but for those in parentheses. */
function split(tokens: readonly SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function included(tokens: readonly SqlToken[]): string[] {
  const open = tokens.findIndex((token) => token.text === '(');
  return split(tokens.slice(open + 1, closing(tokens, open))).map(
    (part) => part.find(({ kind }) => kind !== 'space')?.value ?? '',
  );
}

const trailing =
  /^([\s\S]*?)(?:\s+collate\s+("(?:[^"]|"")*"|[\w.-]+))?(?:\s+(\w+_ops))?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?\s*$/i;

function parsePart(tokens: readonly SqlToken[]): IndexColumn {
  const [, body = '', collation, opclass, order, nulls] = trailing.exec(text(tokens)) ?? [];
  const inner = tokenizeSql(body).filter(({ kind }) => kind !== 'space');
  const [first] = inner;
  const isName = inner.length === 1 && (first?.kind === 'word' || first?.kind === 'quoted');
  return {
    column: isName && first ? first.value : null,
    expression: isName ? null : body.trim(),
    order: order?.toLowerCase() === 'desc' ? 'desc' : 'asc',
    nulls: (nulls?.toLowerCase() as 'first' | 'last' | undefined) ?? null,
    collation: collation?.replace(/^"|"$/g, '') ?? null,
    opclass: opclass ?? null,
  };
}

function text(tokens: readonly SqlToken[]): string {
  return tokens
    .map((token) => token.text)
    .join('')
    .trim();
}
