import type { Dialect } from '../dialects/dialect.ts';
import type { Session } from '../driver/driver.ts';
import { ExecutionError } from '../errors.ts';
import type { Run } from '../operations/operation.ts';
import type { RunContext } from '../operations/run.ts';
import type { RevisionStep } from '../revision/plan.ts';
import { type BatchScope, batches } from './batches.ts';
import type { EventListener } from './events.ts';

/** What a data step runs in. */
export interface DataStepEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly listener: EventListener;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs one data step.
 *
 * @param walkScope what surrounds the batches of each walk the step begins; when left out, the open transaction holds
 *   them all and there is nothing to keep between them.
 * @returns whether it may have changed the schema.
 */
export async function runDataStep(
  operation: Run,
  step: RevisionStep,
  environment: DataStepEnvironment,
  walkScope: (table: string) => BatchScope = inTransaction,
): Promise<boolean> {
  const { StepKysely } = await import('./step-kysely.ts');
  const database = new StepKysely(
    await environment.session.kysely(),
    environment.dialect.name,
    environment.signal,
    walkScope === inTransaction,
  );
  try {
    await operation.run(database.kysely, createRunContext(step, environment, walkScope));
    return database.mayHaveChangedSchema;
  } finally {
    database.end();
  }
}

function createRunContext(
  step: RevisionStep,
  environment: DataStepEnvironment,
  walkScope: (table: string) => BatchScope,
): RunContext {
  const { dialect, listener } = environment;
  return {
    dialect: dialect.name,
    revision: step.revision.revision,
    direction: step.direction,
    log: (message) => listener({ type: 'log', message }),
    fail: (message, { hint, ...facts } = {}) => {
      throw new ExecutionError('MIGRATION_FAILED', message, { hint, facts });
    },
    irreversible: (message, { hint, ...facts } = {}) => {
      throw new ExecutionError('IRREVERSIBLE', message, { hint, facts });
    },
    batches: (table, options) => batches(environment, walkScope(table), table, options),
  };
}

const withinTransaction: BatchScope = {
  start: { after: null, done: 0 },
  begin: async () => undefined,
  end: async () => undefined,
  leave: () => undefined,
  abandon: async (error) => error,
};

function inTransaction(): BatchScope {
  return withinTransaction;
}
