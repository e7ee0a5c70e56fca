import type { Operation } from '../operations/operation.ts';
import type { Schema } from '../schema/schema.ts';
import { backUp } from './backup.ts';
import { splitParts } from './compiled-step.ts';
import { describeLoss, findLosses, refuseLosses } from './data-loss.ts';
import type { RecordedStep } from './recorded-step.ts';
import type { StepEnvironment } from './step-environment.ts';

/**
 * Looks what a revision would destroy, in the transaction that is going to do it and before it does anything: refuses it,
 * or copies a SQLite file first.
 *
 * @throws ExecutionError `DATA_LOSS`.
 */
export async function guardLosses(
  { step }: RecordedStep,
  operations: readonly Operation[],
  before: Schema,
  { session, dialect, losses, listener }: StepEnvironment,
): Promise<void> {
  const structural = splitParts(operations).flatMap((part) =>
    part.kind === 'schema' ? part.operations : [],
  );
  const expected = await findLosses(structural, before, session, dialect);
  if (expected.length === 0) return;
  if (losses.refuse) refuseLosses(expected);
  if (!losses.backup || dialect.name !== 'sqlite') return;
  const copy = await backUp(session, step.revision.revision);
  if (copy === null) return;
  const message = `Copied the database to ${copy} before ${expected.map(describeLoss).join('; ')}.`;
  listener({ type: 'log', message });
}
