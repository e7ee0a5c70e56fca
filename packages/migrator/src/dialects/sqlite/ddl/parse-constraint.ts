import type {
  CheckConstraint,
  Deferrable,
  ForeignKey,
  PrimaryKey,
  ReferentialAction,
  UniqueConstraint,
} from '../../../schema/constraint.ts';
import type { TableDraft } from './table-draft.ts';
import { type TokenCursor, UnreadableDefinition } from './token-cursor.ts';

const actions = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'] as const;

export function primaryKeyOf(name: string | null, columns: readonly string[]): PrimaryKey {
  return { kind: 'primaryKey', name, columns };
}

export function uniqueOf(name: string | null, columns: readonly string[]): UniqueConstraint {
  return { kind: 'unique', name, columns };
}

export function checkOf(name: string | null, expression: string): CheckConstraint {
  return { kind: 'check', name, expression, notValid: false };
}

/** Passes `ON CONFLICT …`, which the model has no place for unless it says what holds anyway. */
export function passConflictClause(cursor: TokenCursor, draft: TableDraft, what: string): void {
  if (!cursor.accept('ON', 'CONFLICT')) return;
  const resolution = cursor.name().toUpperCase();
  if (resolution !== 'ABORT') draft.refuse(`${what} has the clause ON CONFLICT ${resolution}`);
}

/** What follows REFERENCES. */
export function parseReferences(
  cursor: TokenCursor,
  name: string | null,
  columns: readonly string[],
  draft: TableDraft,
): ForeignKey {
  const refTable = cursor.name();
  const refColumns = cursor.current?.text === '(' ? parseNames(cursor) : [];
  let onDelete: ReferentialAction = 'NO ACTION';
  let onUpdate: ReferentialAction = 'NO ACTION';
  for (;;) {
    if (cursor.accept('ON', 'DELETE')) onDelete = parseAction(cursor);
    else if (cursor.accept('ON', 'UPDATE')) onUpdate = parseAction(cursor);
    else if (cursor.accept('MATCH')) {
      const match = cursor.name().toUpperCase();
      // SQLite reads every MATCH clause as MATCH SIMPLE, which is what holds without one.
      if (match !== 'SIMPLE') draft.refuse(`a foreign key has the clause MATCH ${match}`);
    } else break;
  }
  const deferrable = parseDeferrable(cursor);
  return {
    kind: 'foreignKey',
    name,
    columns,
    refTable,
    refColumns,
    onDelete,
    onUpdate,
    deferrable,
    notValid: false,
  };
}

function parseAction(cursor: TokenCursor): ReferentialAction {
  const action = actions.find((each) => cursor.accept(...each.split(' ')));
  if (action) return action;
  throw new UnreadableDefinition(`${cursor.describeCurrent()} is no action of a foreign key`);
}

/** `NOT DEFERRABLE`, in all its forms, is what holds without a clause. */
export function parseDeferrable(cursor: TokenCursor): Deferrable | null {
  const not = cursor.accept('NOT', 'DEFERRABLE');
  if (!not && !cursor.accept('DEFERRABLE')) return null;
  const initially = cursor.accept('INITIALLY') ? cursor.name().toUpperCase() : 'IMMEDIATE';
  if (not) return null;
  return initially === 'DEFERRED' ? 'initially deferred' : 'initially immediate';
}

function parseNames(cursor: TokenCursor): string[] {
  cursor.expect('(');
  const names = [cursor.name()];
  while (cursor.accept(',')) names.push(cursor.name());
  cursor.expect(')');
  return names;
}

/** The columns of a primary key or unique constraint, whose order and collation the model has no place for. */
function parseKeyColumns(cursor: TokenCursor, draft: TableDraft, what: string): string[] {
  cursor.expect('(');
  const names: string[] = [];
  do {
    names.push(cursor.name());
    if (cursor.accept('COLLATE')) draft.refuse(`${what} has the collation ${cursor.name()}`);
    if (cursor.accept('DESC')) draft.refuse(`${what} is in descending order`);
    else cursor.accept('ASC');
    if (cursor.accept('AUTOINCREMENT')) draft.autoincrement = true;
  } while (cursor.accept(','));
  cursor.expect(')');
  return names;
}

/** Whether a table constraint begins here; the words are reserved, so no column can have them as its name. */
export function isTableConstraint(cursor: TokenCursor): boolean {
  return ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'].some((word) => cursor.looksAt(word));
}

export function parseTableConstraint(cursor: TokenCursor, draft: TableDraft): void {
  let name: string | null = null;
  while (cursor.accept('CONSTRAINT')) name = cursor.name();
  if (cursor.accept('PRIMARY', 'KEY')) {
    draft.primaryKey = primaryKeyOf(name, parseKeyColumns(cursor, draft, 'its primary key'));
    passConflictClause(cursor, draft, 'its primary key');
  } else if (cursor.accept('UNIQUE')) {
    draft.ofTable.uniques.push(uniqueOf(name, parseKeyColumns(cursor, draft, 'a unique constraint')));
    passConflictClause(cursor, draft, 'a unique constraint');
  } else if (cursor.accept('CHECK')) {
    draft.ofTable.checks.push(checkOf(name, cursor.parenthesized()));
    passConflictClause(cursor, draft, 'a check');
  } else if (cursor.accept('FOREIGN', 'KEY')) {
    const columns = parseNames(cursor);
    cursor.expect('REFERENCES');
    draft.ofTable.foreignKeys.push(parseReferences(cursor, name, columns, draft));
  } else {
    throw new UnreadableDefinition(`${cursor.describeCurrent()} begins no constraint`);
  }
}
