import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect } from '../dialects/dialect.ts';
import type { LockHolder, OpenTransaction } from '../dialects/transaction.ts';
import type { Session } from '../driver/driver.ts';
import { DatabaseStateError } from '../errors.ts';
import type { EventListener } from './events.ts';

/** What to do while another migrator is at work: wait for it, fail at once, or leave the work to it. */
export type LockMode = 'wait' | 'fail' | 'skip';

export interface LockOptions {
  readonly mode: LockMode;
  /** The bound on all waiting, in seconds. */
  readonly timeoutSeconds: number;
}

export const DEFAULT_LOCK: LockOptions = { mode: 'wait', timeoutSeconds: 60 };

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

interface LockEnvironment {
  readonly session: Session;
  readonly dialect: Dialect;
  readonly lock: LockOptions;
  readonly listener: EventListener;
  readonly database: string;
}

/**
 * Begins a transaction that holds the migrators' lock.
 *
 * @returns null when somebody else holds it and the mode is `skip`.
 * @throws DatabaseStateError `LOCK_TIMEOUT` (on SQLite `DATABASE_LOCKED`) naming the holder where the database can.
 */
export async function beginTransaction(
  environment: LockEnvironment,
  foreignKeysOff: boolean,
): Promise<OpenTransaction | null> {
  const { session, dialect, lock, listener } = environment;
  const deadline = performance.now() + lock.timeoutSeconds * 1000;
  const options = {
    foreignKeysOff,
    lockTimeoutMs: lock.mode === 'wait' ? lock.timeoutSeconds * 1000 : 0,
    warn: (message: string) => listener({ type: 'warning', message }),
  };
  let told = false;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const transaction = await dialect.transaction.tryBegin(session, options);
    if (transaction) return transaction;
    if (lock.mode === 'skip') return null;
    const holder = await dialect.transaction.lockHolder(session);
    const left = deadline - performance.now();
    if (lock.mode === 'fail' || left <= 0) throw locked(environment, holder);
    if (!told)
      listener({ type: 'waiting', message: `Waiting for another migrator${describeHolder(holder)}.` });
    told = true;
    // A random part keeps many that started together from trying together again.
    await sleep(Math.min(left, pause * (0.5 + Math.random())));
  }
}

function locked({ dialect, lock, database }: LockEnvironment, holder: LockHolder | null): DatabaseStateError {
  const waited = lock.mode === 'wait' ? ` after ${lock.timeoutSeconds} s` : '';
  const facts = { database, ...(holder ? { holder } : {}) };
  if (dialect.name === 'sqlite') {
    return new DatabaseStateError(
      'DATABASE_LOCKED',
      `The ${database} is still locked by another process${waited}.`,
      {
        hint: 'Wait for it, or close what uses the file; --lock-timeout SECONDS sets how long to wait.',
        facts,
      },
    );
  }
  return new DatabaseStateError(
    'LOCK_TIMEOUT',
    `Another migrator holds the lock of the ${database}${waited}${describeHolder(holder)}.`,
    { hint: 'Wait for it to finish; --lock-timeout SECONDS sets how long to wait.', facts },
  );
}

function describeHolder(holder: LockHolder | null): string {
  if (holder === null) return '';
  const application = holder.application ? ` "${holder.application}"` : '';
  const host = holder.host ? ` on ${holder.host}` : '';
  const since = holder.since ? ` since ${holder.since}` : '';
  return ` (process ${holder.pid}${application}${host}${since})`;
}
