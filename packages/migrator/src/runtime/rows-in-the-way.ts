import { assertionFailure } from '../dialects/assertion.ts';
import type { Statement } from '../dialects/dialect.ts';
import { ExecutionError, MigratorError } from '../errors.ts';
import type { StepEnvironment } from './step-environment.ts';

/**
 * Waits for a statement. Where the database refuses it for rows, they are looked up before everything is rolled back.
 *
 * @param whenRefused of the statement (see there); undefined where there is nothing to look up.
 * @throws ExecutionError `MIGRATION_FAILED` that says which rows are in the way.
 */
export async function tellRows<Result>(
  whenRefused: readonly Statement[] | undefined,
  work: Promise<Result>,
  environment: StepEnvironment,
): Promise<Result> {
  if (!whenRefused) return work;
  return work.catch(async (error: unknown) => {
    const { dialect, database } = environment;
    if (error instanceof MigratorError || dialect.translateError(error, database)) throw error;
    const reason = await findReason(whenRefused, environment);
    if (reason === null) throw error;
    const { message, facts } = reason;
    throw new ExecutionError('MIGRATION_FAILED', message, { cause: error, facts });
  });
}

interface Reason {
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** @returns null where the statement was refused for something else, which its own error tells. */
async function findReason(
  statements: readonly Statement[],
  { session }: StepEnvironment,
): Promise<Reason | null> {
  try {
    for (const statement of statements) {
      const { rows } = await session.query(statement.sql);
      if (statement.kind !== 'assertion') continue;
      const [row] = rows;
      const [answer] = Object.values(row ?? {});
      if (!answer) {
        const { rows: count, example } = row ?? {};
        return {
          message: assertionFailure(statement.message, row),
          facts: { ...statement.facts, rows: Number(count), example: example ?? null },
        };
      }
    }
    return null;
  } catch {
    // What is wrong with the statement is wrong with the search, too: such as a conversion that fails.
    return null;
  }
}
