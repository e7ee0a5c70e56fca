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
  readonly step: RevisionStep;
  readonly listener: EventListener;
}

/** Runs one data step inside the open transaction. */
export async function runDataStep(operation: Run, environment: DataStepEnvironment): Promise<void> {
  await operation.run(environment.session.kysely, createRunContext(environment));
}

function createRunContext(environment: DataStepEnvironment): RunContext {
  const { dialect, step, listener } = environment;
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
    batches: (table, options) => batches(environment, withinTransaction, table, options),
  };
}

/** The revision's transaction holds all batches together: there is nothing to keep between them. */
const withinTransaction: BatchScope = {
  start: { after: null, done: 0 },
  begin: async () => undefined,
  end: async () => undefined,
  abandon: async () => undefined,
};
