import type { Dialect } from '../dialects/dialect.ts';
import { apply } from '../operations/apply.ts';
import type { Operation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';
import type { Table } from '../schema/table.ts';

/** Operations as they come together, and the schema as it is after those so far: each aspect looks at what is left. */
export class Edit {
  readonly operations: Operation[] = [];
  readonly dialect: Dialect;
  #schema: Schema;
  /** The tables by their names, from the first question to the next change: each aspect asks for all of them. */
  #tables: ReadonlyMap<string, Table> | null = null;

  constructor(schema: Schema, dialect: Dialect) {
    this.#schema = schema;
    this.dialect = dialect;
  }

  get schema(): Schema {
    return this.#schema;
  }

  table(name: string): Table | undefined {
    this.#tables ??= new Map(this.#schema.tables.map((table) => [table.name, table]));
    return this.#tables.get(name);
  }

  /** @param operation in neutral terms, as a script would have it. */
  add(operation: Operation): void {
    this.#schema = apply(this.#schema, this.dialect.localize(operation, this.#schema));
    this.#tables = null;
    this.operations.push(operation);
  }
}
