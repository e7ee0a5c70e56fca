import type { Statement } from '../../dialects/dialect.ts';
import type { SchemaOperation } from '../../operations/operation.ts';
import { compilePart } from '../compiled-step.ts';
import { inspect, runStatements } from '../run-parts.ts';
import { explained, inTransaction, repeatWhileLocked } from '../run-transaction.ts';
import { interruptPoint } from '../waiting/interrupt.ts';
import { watch } from '../waiting/watch.ts';
import type { Checkpoint } from './checkpoint.ts';
import { advanced, HELD, type SegmentedStep } from './segmented-step.ts';
import { fingerprintOf } from './split-segments.ts';

/**
 * Runs a schema operation that must be outside the revision's transaction. Its statements are noted before the first one
 * runs, so that a run that takes it up repeats them as they were, whatever the first run has left behind: an invalid
 * index, a check that was to make way for NOT NULL.
 *
 * @returns the checkpoint after it; null when somebody else is in the way and the mode is `skip`.
 */
export async function runOutsideOperation(
  operation: SchemaOperation,
  checkpoint: Checkpoint,
  work: SegmentedStep,
): Promise<Checkpoint | null> {
  const { failure, environment } = work;
  const { session, checkpoints } = environment;
  const begun = await begin(operation, checkpoint, work);
  if (begun === null) return null;
  const statements = begun.progress.started?.statements ?? [];
  failure.kept = { done: begun.done, of: work.operations.length };
  const outsideEnd = statements.findLastIndex((each) => each.kind === 'sql' && each.outsideTransaction) + 1;
  for (const statement of statements.slice(0, outsideEnd)) {
    const ran = await runOutside(statement, begun, work);
    if (ran === null) return null;
  }
  const next: Checkpoint = { ...advanced(begun, 1, work), progress: {} };
  return inTransaction(environment, HELD, async () => {
    await runStatements(statements.slice(outsideEnd), failure, environment);
    await checkpoints.save(session, next);
    return { keep: true, result: next };
  });
}

async function begin(
  operation: SchemaOperation,
  checkpoint: Checkpoint,
  { environment }: SegmentedStep,
): Promise<Checkpoint | null> {
  const fingerprint = fingerprintOf([operation]);
  if (checkpoint.progress.started?.fingerprint === fingerprint) return checkpoint;
  const { session, dialect, checkpoints } = environment;
  return inTransaction(environment, HELD, async () => {
    const { compiled } = compilePart([operation], dialect, await inspect(environment));
    const started = { fingerprint, statements: compiled.statements };
    const begun: Checkpoint = { ...checkpoint, progress: { started } };
    await checkpoints.save(session, begun);
    return { keep: true, result: begun };
  });
}

async function runOutside(
  statement: Statement,
  checkpoint: Checkpoint,
  { failure, environment }: SegmentedStep,
): Promise<boolean | null> {
  const { session, checkpoints } = environment;
  if (statement.kind === 'sql' && statement.alone)
    return runAlone(statement, checkpoint, failure, environment);
  return inTransaction(environment, HELD, async () => {
    await runStatements([statement], failure, environment);
    await checkpoints.save(session, checkpoint);
    return { keep: true, result: true };
  });
}

/**
 * Runs a statement that commits by itself. Behind a pooler nobody knows which session of the server will run it, and what
 * is set on one stays there for others: it carries a mark by which it is found, and is cancelled when it waits too long.
 */
async function runAlone(
  { sql, progress }: Extract<Statement, { kind: 'sql' }>,
  checkpoint: Checkpoint,
  failure: SegmentedStep['failure'],
  environment: SegmentedStep['environment'],
): Promise<boolean | null> {
  const { session, dialect, checkpoints, listener, signal, budget } = environment;
  const { observer } = dialect.transaction;
  return repeatWhileLocked(environment, async () => {
    await interruptPoint(signal);
    await checkpoints.save(session, checkpoint);
    failure.statement = sql;
    if (progress) listener({ type: 'progress', message: progress });
    listener({ type: 'statement', sql });
    const mark = `/* migrator ${crypto.randomUUID()} */`;
    budget.arm('attempt');
    const watching = watch(environment, {
      find: async (other) => observer?.find(other, mark) ?? null,
      limited: true,
    });
    try {
      await session.query(`${mark} ${sql}`);
    } catch (error) {
      await watching.stop();
      throw explained(error, watching, environment);
    } finally {
      await watching.stop();
    }
    failure.statement = null;
    return true;
  });
}
