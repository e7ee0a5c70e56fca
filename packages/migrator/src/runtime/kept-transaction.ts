import type { TransactionState } from '../dialects/transaction.ts';
import { ExecutionError } from '../errors.ts';
import type { StepEnvironment } from './step-environment.ts';

type KeeperEnvironment = Pick<StepEnvironment, 'session' | 'dialect' | 'budget'>;

/**
 * Keeps what steps of the author's own do away from the version row: it must never go into another transaction than the
 * work, which a trigger or a step may have ended, and it belongs into the table it was read from, whatever schemas a step
 * has pointed PostgreSQL to.
 */
export class KeptTransaction {
  readonly #environment: KeeperEnvironment;
  #first: TransactionState | undefined;
  #last: TransactionState | undefined;

  constructor(environment: KeeperEnvironment) {
    this.#environment = environment;
  }

  /**
   * Does what the author's own step does.
   *
   * @param patiently whether it is dear to repeat: where it must wait for rows, it does so as long as it may then, instead
   *   of being tried again.
   * @throws ExecutionError `MIGRATION_FAILED` when the step ended the transaction.
   */
  async during<Result>(patiently: boolean, work: () => Promise<Result>): Promise<Result> {
    const { session, dialect, budget } = this.#environment;
    const isPatient = patiently && dialect.name === 'postgresql';
    const identify = (wait: 'long' | 'attempt') =>
      dialect.transaction.identify(session, isPatient ? budget.arm(wait) : undefined);
    const before = await identify('long');
    const result = await work();
    const after = before && (await identify('attempt'));
    if (after === null || after.id !== before?.id) throw endedByStep();
    this.#first ??= before;
    this.#last = after;
    return result;
  }

  /** Points PostgreSQL back to the schemas it was pointed to before the first step, for the next revision, too. */
  async restore(): Promise<void> {
    const path = this.#first?.searchPath;
    if (path === this.#last?.searchPath) return;
    await this.#environment.session.query("SELECT set_config('search_path', $1, false)", [path]);
  }
}

function endedByStep(): ExecutionError {
  return new ExecutionError(
    'MIGRATION_FAILED',
    'A step ended the transaction of the revision it is part of.',
    {
      hint: 'Look for COMMIT and ROLLBACK, ON CONFLICT ROLLBACK and RAISE(ROLLBACK, …) whose error the step swallows.',
    },
  );
}
