import { OperationError } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';

const opaque: ReadonlySet<Operation['kind']> = new Set(['execute', 'run']);

/**
 * The schema after a history, as far as it can be known: behind a step of an author's own, an operation on what only that
 * step can have made is passed over.
 *
 * @param apply what one operation makes of a schema.
 * @throws OperationError `OPERATION_INVALID` for an operation that does not fit, with no such step before it.
 */
export function replayKnown(
  operations: readonly Operation[],
  apply: (schema: Schema, operation: Operation) => Schema,
): Schema {
  let schema = emptySchema;
  let seenOpaque = false;
  for (const operation of operations) {
    seenOpaque ||= opaque.has(operation.kind);
    try {
      schema = apply(schema, operation);
    } catch (error) {
      if (!seenOpaque || !(error instanceof OperationError)) throw error;
    }
  }
  return schema;
}
