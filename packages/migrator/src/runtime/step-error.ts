import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { DatabaseStateError, ExecutionError, MigratorError } from '../errors.ts';
import { describeDuplicates, findDuplicates } from './duplicates.ts';
import type { RecordedStep } from './recorded-step.ts';

/** What was going on, for the error that ends the step. */
export interface StatementFailure {
  /** The statement that was running. */
  statement: string | null;
  /** Operations that are done and stay, of a revision that takes several transactions. */
  kept?: { readonly done: number; readonly of: number };
}

interface FailureEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly database: string;
}

/**
 * The error of a step that failed, with the revision and the statement. Codes that say more than `MIGRATION_FAILED`
 * (a lock, a lost connection, a foreign key) are kept; rows in the way of a unique key are looked up.
 */
export async function stepFailed(
  error: unknown,
  { step, operations }: RecordedStep,
  { statement, kept }: StatementFailure,
  { session, dialect, database }: FailureEnvironment,
): Promise<MigratorError> {
  const { revision, direction } = step;
  const translated = error instanceof MigratorError ? error : dialect.translateError(error, database);
  const facts = {
    revision: revision.revision,
    direction,
    ...(statement === null ? {} : { statement }),
    path: revision.path,
    ...(kept ? { operationsDone: kept.done, operations: kept.of } : {}),
    ...translated?.facts,
  };
  const cause = translated?.cause ?? error;
  const goOn = kept ? ` ${kept.done} of its ${kept.of} operations stay; the next run goes on there.` : '';
  if (translated instanceof DatabaseStateError) {
    return new DatabaseStateError(translated.code, `${translated.message}${goOn}`, {
      hint: translated.hint,
      cause,
      facts,
    });
  }
  const name = `The ${direction} of revision ${revision.revision}`;
  if (translated?.code === 'INTERRUPTED') {
    const message = kept ? `${name} was interrupted.${goOn}` : `${name} was interrupted and rolled back.`;
    return new ExecutionError('INTERRUPTED', message, { hint: translated.hint, cause, facts });
  }
  const failed = kept
    ? `${name} failed at operation ${kept.done + 1} of ${kept.of}; those before it stay: `
    : `${name} failed and was rolled back: `;
  const code = translated?.code ?? 'MIGRATION_FAILED';
  const duplicates = await findDuplicates(cause, operations, session, dialect);
  if (duplicates) {
    return new ExecutionError(code, failed + describeDuplicates(duplicates), {
      hint: `Find the rows with: ${duplicates.query}`,
      cause,
      facts: { ...facts, ...duplicates },
    });
  }
  const reason = translated?.message ?? (error instanceof Error ? error.message : String(error));
  return new ExecutionError(code, failed + reason, {
    hint: translated?.hint ?? `Correct ${revision.path} or the rows it meets, then run the command again.`,
    cause,
    facts,
  });
}
