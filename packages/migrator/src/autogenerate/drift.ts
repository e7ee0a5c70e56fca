import type { Dialect } from '../dialects/dialect.ts';
import { OperationError } from '../errors.ts';
import { apply } from '../operations/apply.ts';
import type { Operation, SchemaOperation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';
import { compare } from './compare.ts';
import type { Comparison } from './comparison.ts';
import { replayHistory } from './replay-history.ts';

export interface ScriptsInput {
  /** In neutral terms. */
  readonly models: Schema;
  /** All operations of the history. */
  readonly history: readonly Operation[];
  readonly dialect: Dialect;
  readonly exclude?: (table: string) => boolean;
}

/**
 * Models against the replayed scripts, without a database: what a new script would hold.
 *
 * @throws OperationError when the scripts do not fit together, or a database cannot have what they or the models want.
 */
export function compareScripts({ models, history, dialect, exclude }: ScriptsInput): Comparison {
  const { localized: live } = replayHistory(history, dialect);
  return compare({ live, models, dialect, history, exclude });
}

export interface HandChangesInput {
  readonly live: Schema;
  /** All operations up to the revision the database is at. */
  readonly applied: readonly Operation[];
  readonly dialect: Dialect;
  readonly exclude?: (table: string) => boolean;
}

/** What somebody changed in a database beside its revisions. */
export interface HandChanges {
  /** What would take the database back to its revisions. */
  readonly operations: readonly Operation[];
  /** The same as SQL, for a person to read, run, or turn into a script. */
  readonly statements: readonly string[];
}

/** A database against the replayed scripts up to where it is, names of constraints included. */
export function changedByHand({ live, applied, dialect, exclude }: HandChangesInput): HandChanges {
  const { neutral: models } = replayHistory(applied, dialect);
  const { operations } = compare({ live, models, dialect, history: applied, exclude });
  return { operations, statements: statementsOf(operations, live, dialect) };
}

/**
 * Operations as the SQL of one database. What cannot be compiled for it (a table that is not understood) is a comment that
 * says why.
 *
 * @param before the schema the first of them applies to.
 */
function statementsOf(operations: readonly Operation[], before: Schema, dialect: Dialect): string[] {
  const localized: SchemaOperation[] = [];
  let schema = before;
  for (const operation of operations) {
    const local = dialect.localize(operation, schema) as SchemaOperation;
    schema = apply(schema, local);
    localized.push(local);
  }
  try {
    const { statements } = dialect.compile(localized, before);
    return statements.flatMap((each) => (each.kind === 'sql' ? [each.sql] : []));
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return [`-- ${error.message}`];
  }
}
