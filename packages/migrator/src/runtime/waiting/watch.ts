import type { LockHolder, SessionObserver } from '../../dialects/transaction.ts';
import type { Session } from '../../driver/driver.ts';
import type { StepEnvironment } from '../step-environment.ts';
import { describeHolder } from './locked-error.ts';

/** Somebody who looks from another session whether a statement has to wait, and can end it. */
export interface Watch {
  /** Who was last seen in the way. */
  readonly blockers: readonly LockHolder[];
  /** Why the statement was cancelled, if it was. */
  readonly cancelled: 'interrupted' | 'out of time' | null;
  stop(): Promise<void>;
}

export interface WatchOptions {
  /** The session to look at; null when it does not run the statement (yet). */
  readonly find: (observer: Session) => Promise<number | null>;
  /** Cancel a statement that waits longer than all the waiting that is left; for those without a lock timeout. */
  readonly limited: boolean;
}

type Watched = Pick<StepEnvironment, 'lender' | 'dialect' | 'budget' | 'listener' | 'signal'>;

const INTERVAL_MS = 1000;
const FIRST_LOOK_MS = 300;

/** Begins to watch. Most statements end before the first look, and never cost a second connection. */
export function watch(environment: Watched, options: WatchOptions): Watch {
  const { observer } = environment.dialect.transaction;
  return observer === null ? nobody : new Watcher(environment, observer, options);
}

const nobody: Watch = { blockers: [], cancelled: null, stop: async () => undefined };

class Watcher implements Watch {
  blockers: readonly LockHolder[] = [];
  cancelled: Watch['cancelled'] = null;
  readonly #environment: Watched;
  readonly #observer: SessionObserver;
  readonly #options: WatchOptions;
  readonly #looking: Promise<void>;
  #borrowing = false;
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(environment: Watched, observer: SessionObserver, options: WatchOptions) {
    this.#environment = environment;
    this.#observer = observer;
    this.#options = options;
    // It only names who is in the way: what it fails of, the statement itself will meet and tell.
    this.#looking = this.#run().catch(() => undefined);
  }

  /** A second session that is still on its way is not waited for here: it may come only when the first one is free. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    if (!this.#borrowing) await this.#looking;
  }

  async #run(): Promise<void> {
    const { lender, budget } = this.#environment;
    await this.#pause(Math.min(FIRST_LOOK_MS, budget.armedMs / 5));
    if (this.#stopped) return;
    this.#borrowing = true;
    const { session, giveBack } = await lender.lend();
    this.#borrowing = false;
    try {
      while (!this.#stopped) {
        await this.#look(session);
        await this.#pause(Math.min(INTERVAL_MS, Math.max(50, budget.armedMs / 5)));
      }
    } finally {
      await giveBack();
    }
  }

  async #look(session: Session): Promise<void> {
    const { signal, listener, budget } = this.#environment;
    const pid = await this.#options.find(session);
    if (pid === null || this.#stopped) return;
    if (signal?.aborted) return this.#cancel(session, pid, 'interrupted');
    const found = await this.#observer.blockers(session, pid);
    if (found.length === 0) return;
    if (this.blockers.length === 0)
      listener({ type: 'waiting', message: `Waiting for a lock${describeHolder(found[0] ?? null)}.` });
    this.blockers = found;
    if (!this.#options.limited) return;
    if (budget.leftMs <= 0) await this.#cancel(session, pid, 'out of time');
    else budget.spend(Math.min(INTERVAL_MS, Math.max(50, budget.armedMs / 5)));
  }

  async #cancel(session: Session, pid: number, why: Watch['cancelled']): Promise<void> {
    this.cancelled = why;
    await this.#observer.cancel(session, pid);
  }

  /** Ends early when the run is to end: what waits then is to be cancelled soon. */
  async #pause(milliseconds: number): Promise<void> {
    if (this.#stopped) return;
    const { signal } = this.#environment;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, milliseconds);
    const interrupt = () => resolve();
    if (!signal?.aborted) signal?.addEventListener('abort', interrupt);
    await promise;
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
}
