import type { Dialect } from '../../dialects/dialect.ts';
import type { Operation, Run, SchemaOperation } from '../../operations/operation.ts';

/** A part of a revision that begins where others may have seen the parts before it. */
export type Segment =
  /** Operations that make one transaction. */
  | { readonly kind: 'transaction'; readonly operations: readonly Operation[] }
  /** An operation that runs, wholly or partly, outside a transaction, and may be run again. */
  | { readonly kind: 'outside'; readonly operation: SchemaOperation | Run };

/** Whether an operation needs segments; without one, a revision is a single transaction. */
export function isOutside(operation: Operation, dialect: Dialect): operation is SchemaOperation | Run {
  switch (operation.kind) {
    case 'run':
      return !operation.transactional;
    case 'execute':
    case 'bulkInsert':
    case 'irreversible':
      return false;
    default:
      return dialect.runsOutside(operation);
  }
}

/** Splits operations, without looking at any database: the same every time. */
export function splitSegments(operations: readonly Operation[], dialect: Dialect): Segment[] {
  const segments: Segment[] = [];
  let together: Operation[] = [];
  const flush = () => {
    if (together.length > 0) segments.push({ kind: 'transaction', operations: together });
    together = [];
  };
  for (const operation of operations) {
    if (!isOutside(operation, dialect)) {
      together.push(operation);
      continue;
    }
    flush();
    segments.push({ kind: 'outside', operation });
  }
  flush();
  return segments;
}

/** The same for the same operations. What a function does counts not: its author may have corrected it. */
export function fingerprintOf(operations: readonly Operation[]): string {
  const text = JSON.stringify(operations, (_, value: unknown) => {
    if (typeof value === 'function') return 'function';
    return typeof value === 'bigint' ? `${value}n` : value;
  });
  // Loaded here: it takes as long as all else of a short command.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex').slice(0, 32);
}
