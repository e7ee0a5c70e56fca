import { OperationError } from '../../errors.ts';
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
 * @returns null where neither type nor collation changes.
 * @throws OperationError `OPERATION_INVALID` where PostgreSQL does not convert by itself and nothing says how.
 */
export function conversionOf(operation: AlterColumn, from: Column, to: Column): Conversion | null {
  const [fromType, toType] = [renderType(from.type), renderType(to.type)];
  if (fromType === toType && from.collation === to.collation) return null;
  if (operation.using !== null) return { using: operation.using, assertions: [] };
  if (fromType === toType) return { using: null, assertions: [] };
  if (!hasAssignmentCast(from.type, to.type)) throw needsUsing(operation, fromType, toType);
  if (from.type.kind === 'dateTime' && to.type.kind === 'dateTime') {
    // The cast would depend on the time zone of whoever migrates.
    return { using: `${quoteIdentifier(from.name)} AT TIME ZONE 'UTC'`, assertions: [] };
  }
  const changed = operation.allowDataLoss ? null : changedValues(operation, from, to);
  return { using: null, assertions: changed === null ? [] : assertNone(changed, operation, to) };
}

function needsUsing({ table, column }: AlterColumn, from: string, to: string): OperationError {
  const expression = `${quoteIdentifier(column)}::${to}`;
  return new OperationError(
    'OPERATION_INVALID',
    `PostgreSQL does not convert column "${column}" of "${table}" from ${from} to ${to} by itself.`,
    {
      hint: `Say how: alterColumn(…, { type: …, using: '${expression}' }).`,
      facts: { table, column, from, to, using: expression },
    },
  );
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

/** Nobody may write between the look and the conversion. */
function assertNone(changed: string, { table, column }: AlterColumn, to: Column): Statement[] {
  const name = quoteIdentifier(table);
  const said = (text: string) => text.replaceAll(/[{}]/g, '');
  return [
    statement(`LOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE`),
    {
      kind: 'assertion',
      sql:
        `SELECT count(*) = 0, count(*) AS rows, min(${quoteIdentifier(column)}::text) AS example` +
        ` FROM ${name} WHERE ${changed}`,
      message:
        `${said(renderType(to.type))} would cut or round {rows} value(s) of column "${said(column)}" of "${said(table)}", such as {example}.` +
        ' Correct them first, say how with `using`, or allow it with `allowDataLoss: true`.',
    },
  ];
}
