import type { AlterColumn } from '../../operations/operation.ts';
import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { Statement } from '../dialect.ts';
import { hasAssignmentCast } from './assignment-cast.ts';
import { renderType } from './data-type.ts';
import { quoteIdentifier } from './literal.ts';
import { statement } from './statement.ts';

/** How a column's values get their new type. */
export interface Conversion {
  /** SQL, or null for PostgreSQL's own assignment cast. */
  readonly using: string | null;
  /** What must hold before. */
  readonly assertions: readonly Statement[];
}

/**
 * Where PostgreSQL does not convert by itself and nothing says how, there must be no value to convert: a revision written
 * while the table was empty, or for SQLite, runs wherever nothing can be converted wrongly.
 *
 * @returns null where neither type nor collation changes.
 */
export function conversionOf(operation: AlterColumn, from: Column, to: Column): Conversion | null {
  const [fromType, toType] = [renderType(from.type), renderType(to.type)];
  if (fromType === toType && from.collation === to.collation) return null;
  if (operation.using !== null) return { using: operation.using, assertions: [] };
  if (fromType === toType) return { using: null, assertions: [] };
  if (!hasAssignmentCast(from.type, to.type)) {
    // Every type can be written and read; of nothing, nothing comes.
    const using = `${quoteIdentifier(from.name)}::text::${toType}`;
    const condition = `${quoteIdentifier(from.name)} IS NOT NULL`;
    return { using, assertions: assertNone(condition, operation, sayHow(operation, fromType, toType)) };
  }
  if (from.type.kind === 'dateTime' && to.type.kind === 'dateTime') {
    // The cast would depend on the time zone of whoever migrates.
    return { using: `${quoteIdentifier(from.name)} AT TIME ZONE 'UTC'`, assertions: [] };
  }
  const changed = operation.allowDataLoss ? null : changedValues(operation, from, to);
  const assertions = changed === null ? [] : assertNone(changed, operation, wouldRound(operation, toType));
  return { using: null, assertions };
}

const numbers = ['smallInteger', 'integer', 'bigInteger', 'numeric', 'float', 'double'];
const integers = ['smallInteger', 'integer', 'bigInteger'];

/**
 * The condition under which a value is another one after its conversion, though PostgreSQL makes no error of it.
 *
 * @returns null where there is no such value.
 */
function changedValues({ column: name }: AlterColumn, from: Column, to: Column): string | null {
  const column = quoteIdentifier(name);
  const [before, after] = [renderType(from.type), renderType(to.type)];
  // A time alone cannot be turned back.
  if (from.type.kind === 'dateTime' && to.type.kind === 'time') return `${column} IS NOT NULL`;
  if (from.type.kind === 'raw' || to.type.kind === 'raw') {
    if (isJson(from.type) && isJson(to.type)) return null;
    // Every type can be written and read, but not every one compared or cast to every other.
    return `${column}::${after}::text::${before}::text IS DISTINCT FROM ${column}::text COLLATE "C"`;
  }
  return mayRound(from.type, to.type) ? `${column}::${after}::${before} IS DISTINCT FROM ${column}` : null;
}

/** One spells a document as it was given, the other in a form of its own; it stays the same document. */
function isJson(type: DataType): boolean {
  return type.kind === 'json' || (type.kind === 'raw' && type.postgresql === 'json');
}

/** Whether PostgreSQL's assignment cast makes something else of a value where it ought to refuse it. */
function mayRound(from: DataType, to: DataType): boolean {
  // Too long a text is an error, but for spaces at its end, which go without a word.
  if (to.kind === 'string' && (from.kind === 'text' || from.kind === 'string')) {
    const held = from.kind === 'string' ? from.length : null;
    return to.length !== null && (held === null || held > to.length);
  }
  if (from.kind === 'dateTime') return to.kind === 'date';
  if (!numbers.includes(from.kind) || !numbers.includes(to.kind)) return false;
  if (integers.includes(from.kind)) return to.kind === 'float' || to.kind === 'double';
  if (from.kind === 'float' && to.kind === 'double') return false;
  if (from.kind === 'numeric' && to.kind === 'numeric') {
    return to.precision !== null && (from.precision === null || (from.scale ?? 0) > (to.scale ?? 0));
  }
  return !(from.kind !== 'numeric' && to.kind === 'numeric' && to.precision === null);
}

/** @param message says what the values are that `condition` is true for. */
function assertNone(condition: string, { table, column }: AlterColumn, message: string): Statement[] {
  const name = quoteIdentifier(table);
  return [
    // Nobody may write between the look and the conversion.
    statement(`LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`),
    {
      kind: 'assertion',
      sql:
        `SELECT count(*) = 0, count(*) AS rows, min(${quoteIdentifier(column)}::text) AS example` +
        ` FROM ${name} WHERE ${condition}`,
      message,
    },
  ];
}

function wouldRound({ table, column }: AlterColumn, to: string): string {
  return (
    `${said(to)} would cut or round {rows} value(s) of column "${said(column)}" of "${said(table)}", such as {example}.` +
    ' Correct them first, say how with `using`, or allow it with `allowDataLoss: true`.'
  );
}

function sayHow({ table, column }: AlterColumn, from: string, to: string): string {
  const using = `${quoteIdentifier(column)}::${to}`;
  return (
    `PostgreSQL does not convert {rows} value(s) of column "${said(column)}" of "${said(table)}", such as {example},` +
    ` from ${said(from)} to ${said(to)} by itself. Say how: alterColumn(…, { type: …, using: '${said(using)}' }).`
  );
}

/** As it may stand in a message, where braces are places for values. */
const said = (text: string) => text.replaceAll(/[{}]/g, '');
