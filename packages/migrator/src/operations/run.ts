import type { Kysely } from 'kysely';

/** How {@link RunContext.batches} walks a table. */
export interface BatchOptions {
  /** Rows per batch; default 1000. */
  readonly size?: number;
  /** A condition as SQL, evaluated anew for each batch. */
  readonly where?: string;
  /** The columns of a unique key to walk by; default the primary key. */
  readonly order?: readonly string[];
}

/** What a failure says beside its message: what to do next, and the facts it rests on. */
export interface FailureDetails {
  readonly hint?: string;
  readonly [fact: string]: unknown;
}

/** What a data step is given beside the database. */
export interface RunContext {
  readonly dialect: 'sqlite' | 'postgresql';
  /** The revision whose script this is. */
  readonly revision: string;
  readonly direction: 'upgrade' | 'downgrade';
  /**
   * Walks a table in key order, a batch of rows at a time, in constant memory. Reports progress, and outside a
   * transaction notes how far it got, so that an interrupted step goes on there.
   */
  batches<Row = Record<string, unknown>>(table: string, options?: BatchOptions): AsyncIterable<Row[]>;
  /** Tells the person watching. */
  log(message: string): void;
  /** Ends the step with `MIGRATION_FAILED`; the revision is rolled back. */
  fail(message: string, details?: FailureDetails): never;
  /** Ends the step with `IRREVERSIBLE`: the rows as they are cannot be taken back. The revision is rolled back. */
  irreversible(message: string, details?: FailureDetails): never;
}

/**
 * A data step. `db` speaks to the tables as they are at this revision; describe those it uses as the type argument:
 * `op.run<{ events: { id: number; state: number } }>(async (db) => …)`.
 */
export type RunFunction<Database> = (db: Kysely<Database>, context: RunContext) => Promise<void>;

export interface RunOptions {
  readonly transactional?: boolean;
}
