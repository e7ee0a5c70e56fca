import { DatabaseStateError, ExecutionError, type MigratorError } from '../../errors.ts';

interface SqliteError {
  readonly code: string;
  readonly message: string;
}

function asSqliteError(error: unknown): SqliteError | null {
  const { code, message } = (error ?? {}) as Partial<SqliteError>;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? { code, message: message ?? '' } : null;
}

/** Whether SQLite refused because another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = asSqliteError(error)?.code ?? '';
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

/**
 * What an error of SQLite means, with a way out. Source: SQLite's result codes, as better-sqlite3 names them.
 *
 * @param database where it is, for people.
 * @returns null when the error has no meaning of its own here, or is not SQLite's.
 */
export function translateSqliteError(error: unknown, database: string): MigratorError | null {
  const sqlite = asSqliteError(error);
  if (sqlite === null) return null;
  const { code, message } = sqlite;
  const details = { cause: error, facts: { database } };
  if (isBusy(error)) {
    return new DatabaseStateError('DATABASE_LOCKED', `The ${database} is locked by another process.`, {
      ...details,
      hint: 'Close what uses the file, or wait longer with --lock-timeout SECONDS.',
    });
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new DatabaseStateError('NOT_A_DATABASE', `The ${database} is not a SQLite database: ${message}.`, {
      ...details,
      hint: 'Check the path in the database URL; nothing was changed.',
    });
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return new DatabaseStateError('DATABASE_READ_ONLY', `The ${database} cannot be written: ${message}.`, {
      ...details,
      hint: 'Check the permissions of the file and of its directory.',
    });
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new DatabaseStateError('DATABASE_UNREACHABLE', `The ${database} cannot be opened: ${message}.`, {
      ...details,
      hint: 'Check the path and the permissions.',
    });
  }
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) {
    return new ExecutionError('MIGRATION_FAILED', `The ${database} could not be written: ${message}.`, {
      ...details,
      hint: 'Free space on its disk, then run the command again.',
    });
  }
  if (message.includes('should this be a string literal in single-quotes')) {
    return new ExecutionError(
      'MIGRATION_FAILED',
      `SQLite takes what stands in double quotes for a name: ${message}`,
      {
        ...details,
        hint: 'Write texts in single quotes; where a view or a trigger has them in double ones, make it again before this step.',
      },
    );
  }
  const [, kind, name, after] =
    /^error in (view|trigger|index|table) (.+?)( after [a-z ]+)?: /.exec(message) ?? [];
  if (after !== undefined) {
    return new ExecutionError(
      'OPERATION_NOT_SUPPORTED',
      `The ${kind} "${name}" uses what is changed: ${message}.`,
      {
        cause: error,
        facts: { database, dependents: [`${kind} ${name}`] },
        hint: `Drop ${kind} ${name} in a step before this one (op.execute), and create it again behind it.`,
      },
    );
  }
  if (kind !== undefined) {
    return new ExecutionError('MIGRATION_FAILED', `The ${kind} "${name}" cannot be read: ${message}`, {
      ...details,
      hint: `It uses what is not there, and SQLite reads every definition when something is renamed or dropped: drop the ${kind} "${name}" in a step before this one, and create it again behind it.`,
    });
  }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
    return new ExecutionError('FOREIGN_KEY_VIOLATED', 'A row would refer to a row that does not exist.', {
      ...details,
      hint: 'Correct the rows in the revision script; nothing was changed.',
    });
  }
  return null;
}
