import { setImmediate as turn } from 'node:timers/promises';
import { ExecutionError } from '../../errors.ts';

/** The end of a run that a person, or the system, has asked for. */
export function interrupted(cause?: unknown): ExecutionError {
  return new ExecutionError('INTERRUPTED', 'Interrupted: what was not finished is rolled back.', {
    hint: 'Run the command again to go on.',
    cause,
  });
}

/** @throws ExecutionError `INTERRUPTED` when the run is to end. */
export function throwIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted(signal.reason);
}

/**
 * A point at which a run may end. Statements of SQLite leave the process no time to take notice of a signal: here it has.
 *
 * @throws ExecutionError `INTERRUPTED`.
 */
export async function interruptPoint(signal: AbortSignal | undefined): Promise<void> {
  if (signal) await turn();
  throwIfInterrupted(signal);
}
