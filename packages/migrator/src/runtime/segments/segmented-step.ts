import type { Operation } from '../../operations/operation.ts';
import type { RecordedStep } from '../recorded-step.ts';
import type { StepEnvironment } from '../step-environment.ts';
import type { StatementFailure } from '../step-error.ts';
import type { Checkpoint } from './checkpoint.ts';
import { fingerprintOf } from './split-segments.ts';

/** A revision that takes several transactions, as it is being worked on. */
export interface SegmentedStep {
  readonly recorded: RecordedStep;
  readonly operations: readonly Operation[];
  readonly failure: StatementFailure;
  readonly environment: StepEnvironment;
}

/** What most transactions of such a revision begin with: the lock is held already. */
export const HELD = { foreignKeysOff: false, held: true } as const;

/** The checkpoint when more operations are done; what was noted of one that has begun stays until that is done. */
export function advanced(checkpoint: Checkpoint, by: number, { operations }: SegmentedStep): Checkpoint {
  const done = checkpoint.done + by;
  return { ...checkpoint, done, fingerprint: fingerprintOf(operations.slice(0, done)) };
}
