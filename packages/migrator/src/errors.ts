/** Every code an error of the migrator can carry; the command line's `--json` prints them, so they are a contract. */
export type ErrorCode =
  | 'REVISION_NOT_FOUND'
  | 'REVISION_AMBIGUOUS'
  | 'REVISION_DUPLICATE'
  | 'REVISION_CYCLE'
  | 'MULTIPLE_HEADS'
  | 'AMBIGUOUS_WALK'
  | 'INVALID_RANGE'
  | 'NOT_A_DOWNGRADE_TARGET'
  | 'RELATIVE_OUT_OF_RANGE'
  | 'UNKNOWN_DATABASE_REVISION'
  | 'DATABASE_NOT_AT_HEAD'
  | 'DATABASE_NOT_CONFIGURED'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_LOCKED'
  | 'DATABASE_READ_ONLY'
  | 'LOCK_TIMEOUT'
  | 'SCRIPT_INVALID'
  | 'SCRIPT_LOAD_FAILED'
  | 'MIGRATION_FAILED'
  | 'OPERATION_INVALID'
  | 'OPERATION_NOT_SUPPORTED'
  | 'OFFLINE_NOT_POSSIBLE'
  | 'DATA_LOSS'
  | 'IRREVERSIBLE'
  | 'FOREIGN_KEY_VIOLATED'
  | 'AMBIGUOUS_CHANGE'
  | 'CONFIG_INVALID'
  | 'USAGE_INVALID'
  | 'VERSION_TABLE_INVALID'
  | 'NOT_A_DATABASE'
  | 'REVISION_UNFINISHED'
  | 'INTERRUPTED';

/** What an error says beside its message: a way out, the error below it, and the facts it rests on. */
export interface ErrorDetails {
  /** What to type or do next. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** Plain data, printed by `--json` beside code, message and hint; never a password. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * The family of all errors the migrator throws on purpose. Anything else that escapes is a defect.
 *
 * The subclasses say which part of the work failed; `code` says what exactly.
 */
export class MigratorError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
    this.facts = details.facts ?? {};
  }

  /** The form printed by `--json`: `{code, message, hint?, …facts}`. */
  toJSON(): Record<string, unknown> {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...this.facts,
    };
  }
}

/** A setting or an argument is wrong: nothing was tried. */
export class ConfigurationError extends MigratorError {}

/** The revision graph, or an identifier looked up in it. */
export class RevisionError extends MigratorError {}

/** A revision script that cannot be read, loaded or recorded. */
export class ScriptError extends MigratorError {}

/** An operation that does not fit the schema it is applied to, or the dialect. */
export class OperationError extends MigratorError {}

/** The database is not in the state the command needs, or cannot be reached. */
export class DatabaseStateError extends MigratorError {}

/** A step failed while it ran; the database is at the revision before it. */
export class ExecutionError extends MigratorError {}
