import { upgrade } from '../../src/commands/upgrade.ts';
import type { MigrationEvent } from '../../src/runtime/events.ts';
import type { ExecutionResult } from '../../src/runtime/executor.ts';
import type { LockOptions } from '../../src/runtime/waiting/lock-budget.ts';
import type { Script } from './history.ts';
import type { Place } from './place.ts';

/** An upgrade that goes on. */
export interface StartedUpgrade {
  readonly done: Promise<ExecutionResult>;
  readonly events: readonly MigrationEvent[];
  /** Ends when something like it has been told; fails when the upgrade ends before. */
  told(pattern: RegExp): Promise<void>;
}

/** Starts an upgrade to head in this process. */
export function startUpgrade(
  place: Place,
  scripts: readonly Script[],
  lock: Partial<LockOptions> = {},
  signal?: AbortSignal,
): StartedUpgrade {
  const events: MigrationEvent[] = [];
  const waits = new Set<() => void>();
  const listener = (event: MigrationEvent) => {
    events.push(event);
    for (const check of waits) check();
  };
  const done = upgrade(
    { driver: place.driver, scripts: place.scripts(scripts), listener, ...(signal ? { signal } : {}) },
    'head',
    { lock: { mode: 'wait', timeoutSeconds: 30, attemptSeconds: 0.5, ...lock } },
  );
  // Whoever asks for it is told; until then it is nobody's.
  done.catch(() => undefined);
  const told = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (events.some((event) => 'message' in event && pattern.test(event.message))) resolve();
      };
      waits.add(check);
      check();
      done.then(() => reject(new Error(`It ended without telling ${pattern}.`)), reject);
    });
  return { done, events, told };
}
