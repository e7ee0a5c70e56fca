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
  const rounds = !operation.allowDataLoss && mayRound(from.type, to.type);
  return { using: null, assertions: rounds ? assertFits(operation, from, to) : [] };
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

/** Whether PostgreSQL's assignment cast makes something else of a value where it ought to refuse it. */
function mayRound(from: DataType, to: DataType): boolean {
  // Too long a text is an error, but for spaces at its end, which go without a word.
  if (to.kind === 'string' && (from.kind === 'text' || from.kind === 'string')) {
    const held = from.kind === 'string' ? from.length : null;
    return to.length !== null && (held === null || held > to.length);
  }
  if (from.kind === 'dateTime') return to.kind === 'date' || to.kind === 'time';
  if (!numbers.includes(from.kind) || !numbers.includes(to.kind)) return false;
  if (integers.includes(from.kind)) return to.kind === 'float' || to.kind === 'double';
  if (from.kind === 'float' && to.kind === 'double') return false;
  if (from.kind === 'numeric' && to.kind === 'numeric') {
    return to.precision !== null && (from.precision === null || (from.scale ?? 0) > (to.scale ?? 0));
  }
  return !(from.kind !== 'numeric' && to.kind === 'numeric' && to.precision === null);
}

/** Nobody may write between the look and the conversion. */
function assertFits(operation: AlterColumn, from: Column, to: Column): Statement[] {
  const table = quoteIdentifier(operation.table);
  const column = quoteIdentifier(operation.column);
  const [before, after] = [renderType(from.type), renderType(to.type)];
  return [
    statement(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`),
    {
      kind: 'assertion',
      sql: `SELECT NOT EXISTS (SELECT FROM ${table} WHERE ${column}::${after}::${before} IS DISTINCT FROM ${column})`,
      message: `Column "${operation.column}" of "${operation.table}" holds values that ${after} would cut or round.`,
    },
  ];
}
