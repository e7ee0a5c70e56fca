import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted, throwIfInterrupted } from './interrupt.ts';

/** What to do while another migrator is at work: wait for it, fail at once, or leave the work to it. */
export type LockMode = 'wait' | 'fail' | 'skip';

export interface LockOptions {
  /** Default `wait`. */
  readonly mode?: LockMode;
  /** The bound on all waiting of a run, in seconds; default 60. */
  readonly timeoutSeconds?: number;
  /**
   * PostgreSQL: how long a statement waits for a table before the revision steps back and lets those pass who queue up
   * behind it, in seconds; default 3.
   */
  readonly attemptSeconds?: number;
}

const defaults: Required<LockOptions> = { mode: 'wait', timeoutSeconds: 60, attemptSeconds: 3 };

/** Long enough to find out who is in the way, and for a commit to end. */
export const HARDLY_MS = 250;

/** How fast pauses grow. */
export interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Asking again costs nothing. */
export const askingPauses: Pauses = { firstMs: 20, longestMs: 500 };
/** Trying again means work again, and others waiting behind it. */
export const workingPauses: Pauses = { firstMs: 100, longestMs: 5000 };

/** All the waiting that a run may do: for other migrators, for tables, for a file. */
export class LockBudget {
  readonly options: Required<LockOptions>;
  readonly #signal: AbortSignal | undefined;
  #spentMs = 0;
  #armedMs = HARDLY_MS;

  /** @param options what is left out, or undefined, is as by default. */
  constructor(options: LockOptions = {}, signal?: AbortSignal) {
    const {
      mode = defaults.mode,
      timeoutSeconds = defaults.timeoutSeconds,
      attemptSeconds = defaults.attemptSeconds,
    } = options;
    this.options = { mode, timeoutSeconds, attemptSeconds };
    this.#signal = signal;
  }

  get leftMs(): number {
    if (this.options.mode !== 'wait') return 0;
    return Math.max(0, this.options.timeoutSeconds * 1000 - this.#spentMs);
  }

  /**
   * How long the next statements may wait, in milliseconds: a while where the work can be tried again, and as long as
   * there is any waiting left where it is dear to repeat.
   */
  arm(kind: 'attempt' | 'long'): number {
    const { mode, attemptSeconds } = this.options;
    if (mode !== 'wait') this.#armedMs = HARDLY_MS;
    else this.#armedMs = kind === 'long' ? this.leftMs : Math.min(this.leftMs, attemptSeconds * 1000);
    return this.#armedMs;
  }

  /** How long the present statement may wait. */
  get armedMs(): number {
    return this.#armedMs;
  }

  spend(milliseconds: number): void {
    this.#spentMs += milliseconds;
  }

  /**
   * Waits a while: longer each time, and partly at random, so that many that started together do not try together again.
   *
   * @throws ExecutionError `INTERRUPTED`.
   */
  async pause(round: number, { firstMs, longestMs }: Pauses): Promise<void> {
    throwIfInterrupted(this.#signal);
    const planned = Math.min(firstMs * 2 ** Math.min(round, 20), longestMs) * (0.5 + Math.random());
    const started = performance.now();
    try {
      await sleep(Math.min(planned, this.leftMs), undefined, { signal: this.#signal });
    } catch (error) {
      throw interrupted(error);
    } finally {
      this.spend(performance.now() - started);
    }
  }
}
