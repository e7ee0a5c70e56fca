import type { AlterColumn } from '../../operations/operation.ts';
import type { Column } from '../../schema/column.ts';
import type { DataType } from '../../schema/data-type.ts';
import type { Statement } from '../dialect.ts';
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
 */
export function conversionOf(operation: AlterColumn, from: Column, to: Column): Conversion | null {
  const [fromType, toType] = [renderType(from.type), renderType(to.type)];
  if (fromType === toType && from.collation === to.collation) return null;
  if (operation.using !== null) return { using: operation.using, assertions: [] };
  if (fromType === toType) return { using: null, assertions: [] };
  if (from.type.kind === 'dateTime' && to.type.kind === 'dateTime') {
    // The cast would depend on the time zone of whoever migrates.
    return { using: `${quoteIdentifier(from.name)} AT TIME ZONE 'UTC'`, assertions: [] };
  }
  const rounds = !operation.allowDataLoss && mayRound(from.type, to.type);
  return { using: null, assertions: rounds ? assertFits(operation, from, to) : [] };
}

const numbers = ['smallInteger', 'integer', 'bigInteger', 'numeric', 'float', 'double'];
const integers = ['smallInteger', 'integer', 'bigInteger'];

/** Whether PostgreSQL's assignment cast makes something else of a value where it ought to refuse it. */
function mayRound(from: DataType, to: DataType): boolean {
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
