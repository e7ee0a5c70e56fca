import type { LockHolder } from '../../dialects/transaction.ts';
import { DatabaseStateError } from '../../errors.ts';
import type { StepEnvironment } from '../step-environment.ts';

type Waiter = Pick<StepEnvironment, 'dialect' | 'budget' | 'database'>;

/** Thrown where another session kept a statement from running; what was tried is rolled back and may be tried again. */
export class Blocked extends Error {
  /** The sessions that were in the way, as far as they were seen. */
  readonly holders: readonly LockHolder[];
  readonly waitedMs: number;

  constructor(cause: unknown, holders: readonly LockHolder[], waitedMs: number) {
    super('Another session is in the way.', { cause });
    this.holders = holders;
    this.waitedMs = waitedMs;
  }
}

/** The error of a wait for another migrator that has lasted too long; on SQLite whoever writes the file. */
export function migratorLocked(
  waiter: Waiter,
  holder: LockHolder | null,
  cause?: unknown,
): DatabaseStateError {
  const { database, dialect } = waiter;
  const facts = { database, ...(holder ? { holder } : {}) };
  if (dialect.name === 'sqlite') {
    const who = holder ? describeHolder(holder) : ' by another process';
    return new DatabaseStateError('DATABASE_LOCKED', `The ${database} is locked${who}${waited(waiter)}.`, {
      hint: 'Wait for it, or close what uses the file; --lock-timeout SECONDS sets how long to wait.',
      facts,
      cause,
    });
  }
  return new DatabaseStateError(
    'LOCK_TIMEOUT',
    `Another migrator holds the lock of the ${database}${describeHolder(holder)}${waited(waiter)}.`,
    { hint: 'Wait for it to finish; --lock-timeout SECONDS sets how long to wait.', facts, cause },
  );
}

/** The error of a wait for a table that has lasted too long. */
export function tableLocked(
  waiter: Waiter,
  holders: readonly LockHolder[],
  cause: unknown,
): DatabaseStateError {
  const [holder = null] = holders;
  if (waiter.dialect.name === 'sqlite') return migratorLocked(waiter, holder, cause);
  const hint = holder ? `, or end it with \`SELECT pg_terminate_backend(${holder.pid})\`` : '';
  return new DatabaseStateError(
    'LOCK_TIMEOUT',
    `${inTheWay(holders)}: a lock in the ${waiter.database} could not be had${waited(waiter)}.`,
    {
      hint: `Wait for it to end${hint}; --lock-timeout SECONDS sets how long to wait.`,
      facts: { database: waiter.database, ...(holder ? { holder, holders } : {}) },
      cause,
    },
  );
}

/** Who keeps us waiting, for a sentence to begin with. */
export function inTheWay([holder, ...others]: readonly LockHolder[]): string {
  if (!holder) return 'Another session is in the way';
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return `Another session is in the way${describeHolder(holder)}${more}`;
}

function waited({ budget: { options } }: Waiter): string {
  return options.mode === 'wait' ? ` after waiting ${options.timeoutSeconds} s` : '';
}

/** ` (process 4711 "psql" on 10.0.0.1 since 2026-01-31T…)`, nothing for nobody. */
export function describeHolder(holder: LockHolder | null): string {
  if (holder === null) return '';
  const application = holder.application ? ` "${holder.application}"` : '';
  const host = holder.host ? ` on ${holder.host}` : '';
  const since = holder.since ? ` since ${holder.since}` : '';
  return ` (process ${holder.pid}${application}${host}${since})`;
}
