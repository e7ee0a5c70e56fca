import type { Dialect } from '../dialects/dialect.ts';
import { apply } from '../operations/apply.ts';
import type { Operation } from '../operations/operation.ts';
import { emptySchema, type Schema } from '../schema/schema.ts';

/** The schema after operations, as one database would have it. */
export function replay(
  operations: readonly Operation[],
  dialect: Dialect,
  from: Schema = emptySchema,
): Schema {
  return operations.reduce((schema, operation) => apply(schema, dialect.localize(operation, schema)), from);
}
