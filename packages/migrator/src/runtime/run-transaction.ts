import type { OpenTransaction } from '../dialects/transaction.ts';
import type { StepEnvironment } from './step-environment.ts';
import { interrupted, throwIfInterrupted } from './waiting/interrupt.ts';
import { askingPauses, workingPauses } from './waiting/lock-budget.ts';
import { Blocked, inTheWay, migratorLocked, tableLocked } from './waiting/locked-error.ts';
import { type BeginOptions, beginTransaction } from './waiting/transaction-lock.ts';
import { type Watch, watch } from './waiting/watch.ts';

/** What the work inside a transaction came to. */
export interface Ended<Result> {
  /** Whether there is something to commit. */
  readonly keep: boolean;
  readonly result: Result;
}

/** A transaction under a watch: exactly one of its two methods is called, once. */
export interface WatchedTransaction {
  commit(): Promise<void>;
  /** @returns the error to throw instead of the one that made the work fail. */
  rollback(error: unknown): Promise<unknown>;
}

/**
 * Runs work in one transaction that holds the migrators' lock, and tries again while other sessions are in its way.
 *
 * @returns null when somebody else is at work and the mode is `skip`.
 */
export async function inTransaction<Result>(
  environment: StepEnvironment,
  options: BeginOptions,
  work: () => Promise<Ended<Result>>,
): Promise<Result | null> {
  return repeatWhileLocked(environment, async () => {
    const transaction = await beginWatched(environment, options);
    if (transaction === null) return null;
    try {
      const { keep, result } = await work();
      if (keep) await transaction.commit();
      else await transaction.rollback(null);
      return result;
    } catch (error) {
      throw await transaction.rollback(error);
    }
  });
}

/** Begins a transaction; while it is open, somebody looks who is in its way, and cancels its statement on an interrupt. */
export async function beginWatched(
  environment: StepEnvironment,
  options: BeginOptions,
): Promise<WatchedTransaction | null> {
  throwIfInterrupted(environment.signal);
  const transaction = await beginTransaction(environment, options);
  if (transaction === null) return null;
  const watching = watch(environment, { find: async () => transaction.sessionId, limited: false });
  let open = true;
  return {
    async commit() {
      throwIfInterrupted(environment.signal);
      await watching.stop();
      await commitWhenFree(transaction, environment);
      open = false;
    },
    async rollback(error) {
      await watching.stop();
      if (open) {
        open = false;
        // The error that made the work fail is the one to tell; the database rolls back what it loses sight of.
        await transaction.rollback().catch(() => undefined);
      }
      return explained(error, watching, environment);
    },
  };
}

/** What an error of the database means where it is known who was in the way, or who has asked for the end. */
export function explained(
  error: unknown,
  watching: Watch,
  environment: Pick<StepEnvironment, 'dialect' | 'budget'>,
): unknown {
  const { transaction } = environment.dialect;
  if (transaction.isLocked(error)) return new Blocked(error, watching.blockers, environment.budget.armedMs);
  if (watching.cancelled !== null && transaction.observer?.isCancelled(error)) {
    return watching.cancelled === 'interrupted'
      ? interrupted(error)
      : new Blocked(error, watching.blockers, 0);
  }
  return error;
}

/** SQLite's readers may keep a transaction from being committed, which stays open then and is tried again. */
export async function commitWhenFree(
  transaction: OpenTransaction,
  environment: Pick<StepEnvironment, 'dialect' | 'budget' | 'session' | 'database'>,
): Promise<void> {
  const { dialect, budget, session } = environment;
  for (let round = 0; ; round++) {
    try {
      return await transaction.commit();
    } catch (error) {
      const isWaiting = dialect.name === 'sqlite' && dialect.transaction.isLocked(error);
      if (!isWaiting || budget.options.mode === 'skip') throw error;
      if (budget.leftMs <= 0) {
        throw migratorLocked(environment, await dialect.transaction.lockHolder(session), error);
      }
    }
    await budget.pause(round, askingPauses);
  }
}

/**
 * Does work that another session may keep from being done, and tries again, with pauses that let others pass, until all
 * the waiting there may be is over.
 *
 * @param work has left nothing behind when it fails.
 * @returns null when another session is in the way and the mode is `skip`.
 * @throws DatabaseStateError `LOCK_TIMEOUT` or `DATABASE_LOCKED` naming who is in the way.
 */
export async function repeatWhileLocked<Result>(
  environment: StepEnvironment,
  work: () => Promise<Result | null>,
): Promise<Result | null> {
  const { dialect, budget, listener, session } = environment;
  for (let round = 0; ; round++) {
    const started = performance.now();
    const blocked = await work().catch((error: unknown) => {
      if (error instanceof Blocked) return error;
      if (!dialect.transaction.isLocked(error)) throw error;
      return new Blocked(error, [], performance.now() - started);
    });
    if (!(blocked instanceof Blocked)) return blocked;
    budget.spend(Math.min(blocked.waitedMs, performance.now() - started));
    const holder = dialect.name === 'sqlite' ? await dialect.transaction.lockHolder(session) : null;
    const holders = holder ? [holder] : blocked.holders;
    if (budget.options.mode === 'skip') {
      listener({ type: 'warning', message: `${inTheWay(holders)}: the revision is left undone.` });
      return null;
    }
    if (budget.leftMs <= 0) throw tableLocked(environment, holders, blocked.cause);
    if (round === 0) {
      const message = `${inTheWay(holders)}: what was begun is rolled back and tried again.`;
      listener({ type: 'waiting', message });
    }
    await budget.pause(round, workingPauses);
  }
}
