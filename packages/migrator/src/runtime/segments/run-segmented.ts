import { DatabaseStateError } from '../../errors.ts';
import type { Operation } from '../../operations/operation.ts';
import { needsForeignKeysOff, splitParts } from '../compiled-step.ts';
import { type BackUpCopy, guardLosses } from '../guard-losses.ts';
import type { RecordedStep } from '../recorded-step.ts';
import { inspect, requireForeignKeys, runParts, withForeignKeys } from '../run-parts.ts';
import { inTransaction, repeatWhileLocked } from '../run-transaction.ts';
import type { StepEnvironment } from '../step-environment.ts';
import type { StatementFailure } from '../step-error.ts';
import type { StepOutcome } from '../step-outcome.ts';
import { sameHeads } from '../version-table.ts';
import { holdLock } from '../waiting/transaction-lock.ts';
import { type Checkpoint, isBlank } from './checkpoint.ts';
import { runOutsideDataStep } from './run-outside-data-step.ts';
import { runOutsideOperation } from './run-outside-operation.ts';
import { advanced, HELD, type SegmentedStep } from './segmented-step.ts';
import { fingerprintOf, isOutside, type Segment, splitSegments } from './split-segments.ts';

/**
 * Runs a revision with operations that must be outside a transaction, segment by segment, or goes on with one that was
 * left half done. The migrators' lock is held from the first to the last; each segment and the note of how far the
 * revision is are one transaction; the version row is written when all are done.
 *
 * @returns `nothing is half done` for a revision that needs no segments, when somebody else has finished meanwhile.
 */
export async function runSegmented(
  recorded: RecordedStep,
  expectedHeads: readonly string[],
  failure: StatementFailure,
  environment: StepEnvironment,
): Promise<StepOutcome | 'nothing is half done'> {
  const held = await holdLock(environment);
  if (held === null) return { kind: 'skipped' };
  try {
    const work = { recorded, operations: recorded.operations, failure, environment };
    const outcome = await repeatWhileLocked(environment, () => runLocked(work, expectedHeads));
    return outcome ?? { kind: 'skipped' };
  } finally {
    await held.release();
  }
}

async function runLocked(
  work: SegmentedStep,
  expectedHeads: readonly string[],
): Promise<StepOutcome | 'nothing is half done'> {
  const { recorded, operations, failure, environment } = work;
  const { session, dialect, versionTable, checkpoints } = environment;
  const heads = await versionTable.read(session);
  if (!sameHeads(heads, expectedHeads)) return { kind: 'moved', heads };
  const found = await checkpoints.read(session);
  if (found && !isBlank(found)) {
    const { revision, direction } = recorded.step;
    if (found.revision !== revision.revision || found.direction !== direction)
      return { kind: 'unfinished', checkpoint: found };
    refuseChangedScript(work, found);
  } else if (!operations.some((each) => isOutside(each, dialect))) {
    if (found) await forget(environment);
    return 'nothing is half done';
  }
  let checkpoint = found && !isBlank(found) ? await takeOver(work, found) : await start(work);
  while (checkpoint !== null && checkpoint.done < operations.length) {
    failure.kept = isBlank(checkpoint) ? undefined : { done: checkpoint.done, of: operations.length };
    const [segment] = splitSegments(operations.slice(checkpoint.done), dialect);
    checkpoint = await runSegment(segment as Segment, checkpoint, work).catch(async (error: unknown) => {
      // What has done nothing yet is as if it had never begun.
      if (failure.kept === undefined) await forgetBlank(environment);
      throw error;
    });
  }
  if (checkpoint === null) return { kind: 'skipped' };
  return finish(checkpoint, work);
}

async function start(work: SegmentedStep): Promise<Checkpoint | null> {
  const { recorded, environment } = work;
  const { revision, direction } = recorded.step;
  const copy: BackUpCopy = { path: null };
  const checkpoint: Checkpoint = {
    revision: revision.revision,
    direction,
    done: 0,
    fingerprint: fingerprintOf([]),
    progress: {},
  };
  return inTransaction(environment, HELD, async () => {
    const before = await inspect(environment);
    // What will be refused is refused before the first segment is there to stay.
    needsForeignKeysOff(splitParts(recorded.operations), environment.dialect, before);
    await guardLosses(recorded, before, copy, environment);
    await environment.checkpoints.start(environment.session, checkpoint);
    return { keep: true, result: checkpoint };
  });
}

async function takeOver({ environment }: SegmentedStep, found: Checkpoint): Promise<Checkpoint | null> {
  return inTransaction(environment, HELD, async () => {
    await environment.checkpoints.takeOver(environment.session);
    return { keep: true, result: found };
  });
}

/** @throws DatabaseStateError `REVISION_UNFINISHED` when the operations that are done are not the script's any more. */
function refuseChangedScript(
  { recorded, operations }: SegmentedStep,
  { done, fingerprint }: Checkpoint,
): void {
  if (done <= operations.length && fingerprintOf(operations.slice(0, done)) === fingerprint) return;
  const { revision, direction } = recorded.step;
  throw new DatabaseStateError(
    'REVISION_UNFINISHED',
    `The ${direction} of revision ${revision.revision} is half done, and its script was changed in the ${done} operation(s) that have run.`,
    {
      hint: `Put that part of ${revision.path} back, or put the database right by hand and say where it is with \`db stamp\`.`,
      facts: { operationsDone: done },
    },
  );
}

/** @returns the checkpoint after the segment; null when somebody else is in the way and the mode is `skip`. */
async function runSegment(
  segment: Segment,
  checkpoint: Checkpoint,
  work: SegmentedStep,
): Promise<Checkpoint | null> {
  if (segment.kind === 'transaction') return runTransactional(segment.operations, checkpoint, work);
  const { operation } = segment;
  return operation.kind === 'run'
    ? runOutsideDataStep(operation, checkpoint, work)
    : runOutsideOperation(operation, checkpoint, work);
}

async function runTransactional(
  operations: readonly Operation[],
  checkpoint: Checkpoint,
  work: SegmentedStep,
): Promise<Checkpoint | null> {
  const { recorded, failure, environment } = work;
  const { session, checkpoints } = environment;
  const parts = splitParts(operations);
  const next = advanced(checkpoint, operations.length, work);
  return withForeignKeys((foreignKeysOff) =>
    inTransaction(environment, { foreignKeysOff, held: true }, async () => {
      const before = await inspect(environment);
      requireForeignKeys(parts, before, foreignKeysOff, environment);
      await runParts(recorded, parts, before, foreignKeysOff, failure, environment);
      await checkpoints.save(session, next);
      return { keep: true, result: next };
    }),
  );
}

async function finish(
  checkpoint: Checkpoint,
  { recorded, environment }: SegmentedStep,
): Promise<StepOutcome> {
  const { session, versionTable, checkpoints } = environment;
  const outcome = await inTransaction<StepOutcome>(environment, HELD, async () => {
    // Fails where somebody else has taken the revision over.
    await checkpoints.save(session, checkpoint);
    await checkpoints.drop(session);
    await versionTable.write(session, recorded.step.versionChange);
    return { keep: true, result: { kind: 'applied', schema: null } };
  });
  return outcome ?? { kind: 'skipped' };
}

async function forget(environment: StepEnvironment): Promise<void> {
  await inTransaction(environment, HELD, async () => {
    await environment.checkpoints.drop(environment.session);
    return { keep: true, result: true };
  });
}

/** The error that made the revision fail is the one to tell; a checkpoint that says nothing harms nobody. */
async function forgetBlank(environment: StepEnvironment): Promise<void> {
  const { session, checkpoints } = environment;
  const found = await checkpoints.read(session).catch(() => null);
  if (found && isBlank(found)) await forget(environment).catch(() => undefined);
}
