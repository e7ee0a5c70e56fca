import { emptyTable, type Table } from '../../../schema/table.ts';
import { isRowidType } from '../row-id.ts';
import { sameName } from '../sql-text.ts';
import { parseColumn } from './parse-column.ts';
import { isTableConstraint, parseTableConstraint } from './parse-constraint.ts';
import { TableDraft } from './table-draft.ts';
import { TokenCursor, UnreadableDefinition } from './token-cursor.ts';

/**
 * Reads a CREATE TABLE statement as `sqlite_schema` keeps it.
 *
 * Constraints that stand behind the columns come first, those that stand with a column after them: in this order they
 * were added. Columns that constraints name are spelled as the column is; a foreign key that names no columns keeps none, since
 * its target is another statement's matter.
 *
 * @returns the table without its indexes; `opaque` says what of the text has no place in the model.
 * @throws UnreadableDefinition where the text cannot be followed.
 */
export function parseTable(sql: string): Table {
  const cursor = new TokenCursor(sql);
  cursor.expect('CREATE');
  cursor.expect('TABLE');
  const name = cursor.name();
  cursor.expect('(');
  const draft = new TableDraft();
  do {
    if (isTableConstraint(cursor)) {
      // SQLite does not insist on a comma between table constraints.
      while (isTableConstraint(cursor)) parseTableConstraint(cursor, draft);
    } else {
      parseColumn(cursor, draft);
    }
  } while (cursor.accept(','));
  cursor.expect(')');
  const options = parseOptions(cursor);
  const remarks = cursor.comments.map(closedComment);
  return finish(name, draft, options, remarks);
}

/** A comment up to the end of its line must not meet the end of the statement. */
function closedComment(comment: string): string {
  return comment.startsWith('/*') && !comment.endsWith('*/') ? `${comment} */` : comment.trimEnd();
}

interface TableOptions {
  readonly strict: boolean;
  readonly withoutRowid: boolean;
}

function parseOptions(cursor: TokenCursor): TableOptions {
  let strict = false;
  let withoutRowid = false;
  while (cursor.current) {
    if (cursor.accept('WITHOUT', 'ROWID')) withoutRowid = true;
    else if (cursor.accept('STRICT')) strict = true;
    else if (!cursor.accept(','))
      throw new UnreadableDefinition(`${cursor.describeCurrent()} is no table option`);
  }
  return { strict, withoutRowid };
}

function finish(name: string, draft: TableDraft, options: TableOptions, remarks: readonly string[]): Table {
  const { columns } = draft;
  const keyColumn = columns.find((each) => each.name === draft.primaryKey?.columns[0]);
  // Only for the integer key of a table with rowids does the model know what the order means.
  if (draft.descendingKey && (options.withoutRowid || !keyColumn || !isRowidType(keyColumn))) {
    draft.refuse('its primary key is in descending order');
  }
  const spelled = (given: string) => columns.find((each) => sameName(each.name, given))?.name ?? given;
  const respell = <C extends { readonly columns: readonly string[] }>(each: C): C => ({
    ...each,
    columns: each.columns.map(spelled),
  });
  const primaryKey = draft.primaryKey && respell(draft.primaryKey);
  const table: Table = {
    ...emptyTable,
    name,
    columns,
    primaryKey,
    uniques: [...draft.ofTable.uniques, ...draft.ofColumns.uniques].map(respell),
    checks: [...draft.ofTable.checks, ...draft.ofColumns.checks],
    foreignKeys: [...draft.ofTable.foreignKeys, ...draft.ofColumns.foreignKeys].map(respell),
    ...options,
    opaque: draft.opaque,
    ...(remarks.length === 0 ? {} : { remarks }),
  };
  return { ...table, columns: withKeyProperties(table, draft) };
}

/** What the primary key makes of its columns. */
function withKeyProperties(table: Table, draft: TableDraft): Table['columns'] {
  const key = table.primaryKey?.columns ?? [];
  return table.columns.map((column) => {
    if (!key.includes(column.name)) return column;
    const counts = key.length === 1 && !table.withoutRowid && !draft.descendingKey && isRowidType(column);
    const required = counts || table.withoutRowid || table.strict;
    return {
      ...column,
      nullable: column.nullable && !required,
      autoincrement: counts ? (draft.autoincrement ? 'always' : 'serial') : false,
    };
  });
}
