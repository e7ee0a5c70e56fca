/** What can go wrong with a test database, beside what a database itself reports. */
export type TestingErrorCode =
  | 'TEST_HOOKS_MISSING'
  | 'TEST_DATABASE_NOT_READY'
  | 'TEST_OPTIONS_INVALID'
  | 'SCHEMA_BUILD_FAILED'
  | 'CACHE_UNUSABLE'
  | 'PGLITE_NOT_INSTALLED'
  | 'SHARED_SERVER_FAILED'
  | 'TEST_SERVER_UNUSABLE';

/** A test database cannot be had, or is used in a way that cannot work. The message ends with what to do. */
export class TestingError extends Error {
  override readonly name = 'TestingError';
  readonly code: TestingErrorCode;
  readonly hint: string;

  constructor(code: TestingErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(`${message}\n${hint}`, options);
    this.code = code;
    this.hint = hint;
  }
}
