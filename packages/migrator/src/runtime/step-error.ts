import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { DatabaseStateError, ExecutionError, MigratorError } from '../errors.ts';
import type { RevisionStep } from '../revision/plan.ts';

/** The statement that was running, for the error that ends the step. */
export interface StatementFailure {
  statement: string | null;
}

interface FailureEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly database: string;
}

/**
 * The error of a step that failed, with the revision and the statement. Codes that say more than `MIGRATION_FAILED`
 * (a lock, a lost connection, a foreign key) are kept.
 */
export async function stepFailed(
  error: unknown,
  { revision, direction }: RevisionStep,
  { statement }: StatementFailure,
  { dialect, database }: FailureEnvironment,
): Promise<MigratorError> {
  const translated = error instanceof MigratorError ? error : dialect.translateError(error, database);
  const facts = {
    revision: revision.revision,
    direction,
    ...(statement === null ? {} : { statement }),
    path: revision.path,
    ...translated?.facts,
  };
  const reason = translated?.message ?? (error instanceof Error ? error.message : String(error));
  const message = `The ${direction} of revision ${revision.revision} failed and was rolled back: ${reason}`;
  const hint =
    translated?.hint ?? `Correct ${revision.path} or the rows it meets, then run the command again.`;
  const cause = translated?.cause ?? error;
  if (translated instanceof DatabaseStateError) {
    return new DatabaseStateError(translated.code, translated.message, { hint, cause, facts });
  }
  return new ExecutionError(translated?.code ?? 'MIGRATION_FAILED', message, { hint, cause, facts });
}
