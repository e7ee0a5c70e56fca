import { ExecutionError } from '../../errors.ts';
import type { BatchProgress, BatchScope } from '../batches.ts';
import { beginWatched, type WatchedTransaction } from '../run-transaction.ts';
import type { StepEnvironment } from '../step-environment.ts';
import { Blocked } from '../waiting/locked-error.ts';
import type { Checkpoint, WalkProgress } from './checkpoint.ts';

/** The walks of one data step through tables, each batch a transaction that also notes how far the walk is. */
export class Walks {
  /** As it is in the database. */
  checkpoint: Checkpoint;
  readonly #environment: StepEnvironment;
  #transaction: WatchedTransaction | null = null;
  #left = false;
  #count = 0;

  constructor(checkpoint: Checkpoint, environment: StepEnvironment) {
    this.checkpoint = checkpoint;
    this.#environment = environment;
  }

  /**
   * The walk that the step begins now; it goes on where the one of the same number stood.
   *
   * @throws ExecutionError `MIGRATION_FAILED` when that one went through another table: the script was changed.
   */
  next(table: string): BatchScope {
    const number = this.#count++;
    const known = this.checkpoint.progress.walks?.[number];
    if (known && known.table !== table) {
      throw new ExecutionError(
        'MIGRATION_FAILED',
        `Walk ${number + 1} of the data step goes through "${table}"; it was interrupted in "${known.table}".`,
        { hint: 'Let the step walk through its tables in the order it did.', facts: { table } },
      );
    }
    return {
      start: known ?? { after: null, done: 0 },
      begin: async () => {
        if (this.#transaction !== null && !this.#left) throw walkInsideWalk(table);
        await this.finish();
        this.#transaction = await beginWatched(this.#environment, { foreignKeysOff: false, held: true });
        if (this.#transaction === null) throw new Blocked(null, [], 0);
      },
      end: (progress) => this.#save(number, table, progress),
      leave: () => {
        this.#left = true;
      },
      abandon: (error) => this.giveUp(error),
    };
  }

  async #save(number: number, table: string, progress: BatchProgress): Promise<void> {
    const { session, checkpoints } = this.#environment;
    const walks: WalkProgress[] = [...(this.checkpoint.progress.walks ?? [])];
    walks[number] = { table, ...progress };
    const next = { ...this.checkpoint, progress: { ...this.checkpoint.progress, walks } };
    await checkpoints.save(session, next);
    await this.#transaction?.commit();
    this.#transaction = null;
    this.checkpoint = next;
  }

  /** Keeps what was done in the batch at which the author has left a walk. */
  async finish(): Promise<void> {
    const open = this.#transaction;
    this.#left = false;
    if (open === null) return;
    await open.commit();
    this.#transaction = null;
  }

  /** Undoes the batch that was open when the step failed. @returns the error to throw. */
  async giveUp(error: unknown): Promise<unknown> {
    const open = this.#transaction;
    this.#transaction = null;
    return open === null ? error : open.rollback(error);
  }
}

function walkInsideWalk(table: string): ExecutionError {
  return new ExecutionError(
    'MIGRATION_FAILED',
    `A walk through "${table}" began inside another one, whose batch is a transaction that is still open.`,
    {
      hint: 'Read what one batch needs with one query, or run the step inside the transaction.',
      facts: { table },
    },
  );
}
