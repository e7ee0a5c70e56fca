import type { Dialect } from '../dialects/dialect.ts';
import { OperationError } from '../errors.ts';
import { apply } from '../operations/apply.ts';
import type { Operation } from '../operations/operation.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';

const opaque: ReadonlySet<Operation['kind']> = new Set(['execute', 'run']);

/** What the scripts make, as far as it can be known. */
export interface ReplayedHistory {
  /** As the scripts say it, for every database. */
  readonly neutral: Schema;
  /** As one database has it. */
  readonly localized: Schema;
}

/** One command compares several things with one history. */
const replayed = new WeakMap<readonly Operation[], Map<Dialect, ReplayedHistory>>();

/**
 * The schema after a history, as far as it can be known: behind a step of an author's own, an operation on what only that
 * step can have made is passed over.
 *
 * @throws OperationError `OPERATION_INVALID` for an operation that does not fit, with no such step before it.
 */
export function replayHistory(operations: readonly Operation[], dialect: Dialect): ReplayedHistory {
  const known = replayed.get(operations) ?? new Map<Dialect, ReplayedHistory>();
  const history = known.get(dialect) ?? {
    neutral: replay(operations, apply),
    localized: replay(operations, (schema, operation) => apply(schema, dialect.localize(operation, schema))),
  };
  replayed.set(operations, known.set(dialect, history));
  return history;
}

function replay(
  operations: readonly Operation[],
  applyTo: (schema: Schema, operation: Operation) => Schema,
): Schema {
  let schema = emptySchema;
  let seenOpaque = false;
  for (const operation of operations) {
    seenOpaque ||= opaque.has(operation.kind);
    try {
      schema = applyTo(schema, operation);
    } catch (error) {
      if (!seenOpaque || !(error instanceof OperationError)) throw error;
    }
  }
  return schema;
}
