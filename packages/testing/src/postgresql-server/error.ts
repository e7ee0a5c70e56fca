/** What went wrong with a PostgreSQL server for tests. */
export type PostgresqlServerErrorCode =
  | 'POSTGRESQL_BINARIES_MISSING'
  | 'POSTGRESQL_BINARIES_NOT_RUNNABLE'
  | 'POSTGRESQL_ACCOUNT_MISSING'
  | 'POSTGRESQL_START_FAILED'
  | 'POSTGRESQL_STOP_FAILED';

/**
 * A PostgreSQL server for tests could not be started or stopped.
 *
 * It has the shape of the migrator's errors (`code`, `hint`) without being one: this folder imports no other
 * package of the workspace, so that each of them can use it in its own tests.
 */
export class PostgresqlServerError extends Error {
  override readonly name = 'PostgresqlServerError';
  readonly code: PostgresqlServerErrorCode;
  /** What to do next. */
  readonly hint: string;

  constructor(code: PostgresqlServerErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(`${message}\n${hint}`, options);
    this.code = code;
    this.hint = hint;
  }
}
