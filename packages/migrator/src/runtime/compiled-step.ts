import type { Compiled, Dialect } from '../dialects/dialect.ts';
import { OperationError } from '../errors.ts';
import { apply } from '../operations/apply.ts';
import type { BulkInsert, Execute, Operation, Run, SchemaOperation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';

/** A part of a revision: schema operations that are compiled together, or one step that is opaque to the schema. */
export type StepPart =
  | { readonly kind: 'schema'; readonly operations: readonly SchemaOperation[] }
  | { readonly kind: 'data'; readonly operation: Execute | BulkInsert | Run };

/** Splits a revision's operations where one of them may change what the next ones must know. */
export function splitParts(operations: readonly Operation[]): StepPart[] {
  const parts: StepPart[] = [];
  let run: SchemaOperation[] = [];
  const flush = () => {
    if (run.length > 0) parts.push({ kind: 'schema', operations: run });
    run = [];
  };
  for (const operation of operations) {
    if (operation.kind === 'irreversible') continue;
    if (operation.kind === 'execute' || operation.kind === 'bulkInsert' || operation.kind === 'run') {
      flush();
      parts.push({ kind: 'data', operation });
    } else {
      run.push(operation);
    }
  }
  flush();
  return parts;
}

export interface CompiledPart {
  readonly compiled: Compiled;
  /** The schema after the part. */
  readonly after: Schema;
}

/** What became of operations last: a part is compiled to see what it needs, and again, on the same schema, to be run. */
const lastCompiled = new WeakMap<
  readonly SchemaOperation[],
  { readonly dialect: Dialect; readonly before: Schema; readonly part: CompiledPart }
>();

/** Compiles schema operations for one dialect, each localized to the schema the ones before it leave. */
export function compilePart(
  operations: readonly SchemaOperation[],
  dialect: Dialect,
  before: Schema,
): CompiledPart {
  const last = lastCompiled.get(operations);
  if (last?.before === before && last.dialect === dialect) return last.part;
  const part = compileAnew(operations, dialect, before);
  lastCompiled.set(operations, { dialect, before, part });
  return part;
}

function compileAnew(operations: readonly SchemaOperation[], dialect: Dialect, before: Schema): CompiledPart {
  const localized: SchemaOperation[] = [];
  let schema = before;
  for (const operation of operations) {
    const local = dialect.localize(operation, schema) as SchemaOperation;
    localized.push(local);
    schema = apply(schema, local);
  }
  return { compiled: dialect.compile(localized, before), after: schema };
}

/**
 * Whether foreign keys must be off while the parts run, as far as it can be told before the first of them does.
 *
 * What cannot be compiled behind a step of the author's own counts as no: it is compiled again when its turn comes, on what
 * is there then.
 *
 * @throws OperationError for a part that will be refused whatever runs before it, so that nothing does.
 */
export function needsForeignKeysOff(parts: readonly StepPart[], dialect: Dialect, before: Schema): boolean {
  let schema = before;
  let certain = true;
  let needed = false;
  for (const part of parts) {
    if (part.kind === 'data') {
      certain &&= part.operation.kind === 'bulkInsert';
      continue;
    }
    try {
      const { compiled, after } = compilePart(part.operations, dialect, schema);
      needed ||= compiled.foreignKeysOff;
      schema = after;
      certain &&= isWhole(after) || !part.operations.some(isRename);
    } catch (error) {
      if (certain || !(error instanceof OperationError)) throw error;
      return needed;
    }
  }
  return needed;
}

function isRename({ kind }: SchemaOperation): boolean {
  return kind === 'renameTable' || kind === 'renameColumn';
}

/**
 * Whether a schema that operations have led to is all that is known of what is there then: a rename changes the texts of
 * triggers and views in a way only the database knows.
 */
export function isWhole({ triggers, views, tables }: Schema): boolean {
  return triggers.length + views.length === 0 && !tables.some((each) => each.hasQuotedTexts);
}
