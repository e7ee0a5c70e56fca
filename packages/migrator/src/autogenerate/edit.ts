import type { Dialect } from '../dialects/dialect.ts';
import { apply } from '../operations/apply.ts';
import type { Operation } from '../operations/operation.ts';
import { findTable, type Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';

/** Operations as they come together, and the schema as it is after those so far: each aspect looks at what is left. */
export class Edit {
  readonly operations: Operation[] = [];
  readonly dialect: Dialect;
  schema: Schema;

  constructor(schema: Schema, dialect: Dialect) {
    this.schema = schema;
    this.dialect = dialect;
  }

  table(name: string): Table | undefined {
    return findTable(this.schema, name);
  }

  /** @param operation in neutral terms, as a script would have it. */
  add(operation: Operation): void {
    this.schema = apply(this.schema, this.dialect.localize(operation, this.schema));
    this.operations.push(operation);
  }
}
