import { rmSync } from 'node:fs';
import type { Schema } from '../schema/schema.ts';
import { backUp } from './backup.ts';
import { splitParts } from './compiled-step.ts';
import { describeLoss, findLosses, refuseLosses } from './data-loss.ts';
import type { RecordedStep } from './recorded-step.ts';
import type { StepEnvironment } from './step-environment.ts';

/** The copy that was made for a step: one whose attempt came to nothing is replaced by that of the next. */
export interface BackUpCopy {
  path: string | null;
}

/**
 * Looks what a revision would destroy, in the transaction that is going to do it and before it does anything: refuses it,
 * or copies a SQLite file first.
 *
 * @throws ExecutionError `DATA_LOSS`.
 */
export async function guardLosses(
  { step, operations }: RecordedStep,
  before: Schema,
  copy: BackUpCopy,
  { session, dialect, losses, listener }: StepEnvironment,
): Promise<void> {
  const copies = losses.backup && dialect.name === 'sqlite';
  if (!losses.refuse && !copies) return;
  const structural = splitParts(operations).flatMap((part) =>
    part.kind === 'schema' ? part.operations : [],
  );
  const expected = await findLosses(structural, before, session, dialect);
  if (expected.length === 0) return;
  if (losses.refuse) refuseLosses(expected);
  if (!copies) return;
  if (copy.path !== null) rmSync(copy.path, { force: true });
  copy.path = await backUp(session, step.revision.revision);
  if (copy.path === null) return;
  const message = `Copied the database to ${copy.path} before ${expected.map(describeLoss).join('; ')}.`;
  listener({ type: 'log', message });
}
