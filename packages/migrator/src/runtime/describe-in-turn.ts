import type { Dialect } from '../dialects/dialect.ts';
import { apply } from '../operations/apply.ts';
import { describeOperation, type OperationDescription } from '../operations/describe.ts';
import type { Operation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';

/** Operations as `--json` shows them, each as it looks when its turn comes. */
export function describeInTurn(
  operations: readonly Operation[],
  before: Schema,
  dialect: Dialect,
): readonly OperationDescription[] {
  let schema = before;
  return operations.map((operation) => {
    const description = describeOperation(operation, schema);
    schema = apply(schema, dialect.localize(operation, schema));
    return description;
  });
}
