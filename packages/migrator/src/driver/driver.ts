import type { Kysely } from 'kysely';

export type DialectName = 'sqlite' | 'postgresql';

export interface QueryResult<Row> {
  readonly rows: readonly Row[];
  /** Rows inserted, changed or deleted; 0 for a query. */
  readonly affected: number;
}

/** One connection, used by one task at a time. */
export interface Session {
  /**
   * Runs one statement.
   *
   * @param parameters values of the placeholders (`?` on SQLite, `$1`, `$2`, … on PostgreSQL).
   * @throws the database's own error; `runtime/translate-error.ts` gives it a code.
   */
  query<Row = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  /**
   * Runs statements one after the other, up to the first that fails; on one way to the database and back, where the
   * connection knows how.
   *
   * @returns what the last one gave.
   */
  queryInTurn<Row = Record<string, unknown>>(statements: readonly string[]): Promise<QueryResult<Row>>;
  /** The same connection for data steps: whatever runs through it is part of the open transaction. */
  kysely(): Promise<Kysely<unknown>>;
}

/** A database: all that differs between talking to one and printing for one. */
export interface Driver {
  readonly dialect: DialectName;
  /** Where it is, for people; never a password. */
  readonly description: string;
  /** Whether there is a database to read: false for a SQLite file that has not been made yet. */
  exists(): Promise<boolean>;
  /**
   * Makes the database where it is missing.
   *
   * @returns whether it was made.
   */
  create(): Promise<boolean>;
  /**
   * Lends a connection to `work` and takes it back afterwards, whatever happens.
   *
   * @throws DatabaseStateError `DATABASE_UNREACHABLE`, `NOT_A_DATABASE` and the like when there is none to be had.
   */
  withSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Closes what this driver opened; one that was handed an open database leaves it open. */
  close(): Promise<void>;
}
