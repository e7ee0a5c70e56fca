import type { Run } from '../../operations/operation.ts';
import { runDataStep } from '../data-step.ts';
import { inTransaction, repeatWhileLocked } from '../run-transaction.ts';
import type { StepEnvironment } from '../step-environment.ts';
import type { Checkpoint } from './checkpoint.ts';
import { advanced, HELD, type SegmentedStep } from './segmented-step.ts';
import { fingerprintOf } from './split-segments.ts';
import { Walks } from './walks.ts';

/**
 * Runs a data step outside a transaction. Its statements commit one by one, those inside a walk batch by batch together
 * with the place the walk has reached; a run that takes it up begins the step anew, and its walks where they were.
 *
 * @returns the checkpoint after it; null when somebody else is in the way and the mode is `skip`.
 */
export async function runOutsideDataStep(
  operation: Run,
  checkpoint: Checkpoint,
  work: SegmentedStep,
): Promise<Checkpoint | null> {
  const { recorded, failure, environment } = work;
  const begun = await begin(operation, checkpoint, environment);
  if (begun === null) return null;
  failure.kept = { done: begun.done, of: work.operations.length };
  let reached = begun;
  const after = await repeatWhileLocked(environment, async () => {
    const walks = new Walks(reached, environment);
    const step = () =>
      runDataStep(operation, recorded.step, environment, (table) => walks.next(table)).then(
        () => walks.finish(),
        async (error: unknown) => {
          throw await walks.giveUp(error);
        },
      );
    await withWaitingStatements(environment, step).finally(() => {
      reached = walks.checkpoint;
    });
    return reached;
  });
  if (after === null) return null;
  const next: Checkpoint = { ...advanced(after, 1, work), progress: {} };
  return inTransaction(environment, HELD, async () => {
    await environment.checkpoints.save(environment.session, next);
    return { keep: true, result: next };
  });
}

async function begin(
  operation: Run,
  checkpoint: Checkpoint,
  environment: StepEnvironment,
): Promise<Checkpoint | null> {
  const fingerprint = fingerprintOf([operation]);
  if (checkpoint.progress.started?.fingerprint === fingerprint) return checkpoint;
  const begun: Checkpoint = { ...checkpoint, progress: { started: { fingerprint, statements: [] } } };
  return inTransaction(environment, HELD, async () => {
    await environment.checkpoints.save(environment.session, begun);
    return { keep: true, result: begun };
  });
}

/** How long a statement of the author's waits for a SQLite file, while the whole process does; then the step is tried again. */
const SQLITE_PATIENCE_MS = 2000;

async function withWaitingStatements(environment: StepEnvironment, work: () => Promise<void>): Promise<void> {
  const { dialect, session, budget } = environment;
  if (dialect.name !== 'sqlite') return work();
  await dialect.transaction.setLockTimeout(session, Math.min(budget.arm('long'), SQLITE_PATIENCE_MS));
  await work();
}
