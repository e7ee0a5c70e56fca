import type { ErrorCode } from '../../errors.ts';

/** What PostgreSQL's protocol says about an error, as far as it is used here. */
export interface ServerError {
  /** SQLSTATE, or the code of a failed system call. */
  readonly code: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
}

export interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

type ExplainConnection = (error: ServerError, database: string) => Explanation;

const unreachable: ExplainConnection = (error, database) => ({
  code: 'DATABASE_UNREACHABLE',
  message: `The ${database} cannot be reached: ${sentence(error.message)}`,
  hint: 'Check that the server runs and that host and port of the database URL are right.',
});

const refused: ExplainConnection = (error, database) => ({
  code: 'DATABASE_UNREACHABLE',
  message: `The ${database} lets us not in: ${sentence(error.message)}`,
  hint: 'Check user and password of the database URL (or PGUSER and PGPASSWORD).',
});

const full: ExplainConnection = (error, database) => ({
  code: 'DATABASE_UNREACHABLE',
  message: `The ${database} takes no more connections: ${sentence(error.message)}`,
  hint: 'Wait for other sessions to end, or raise the limit of connections.',
});

const missing: ExplainConnection = (error, database) => ({
  code: 'DATABASE_UNREACHABLE',
  message: `The ${database} does not exist: ${sentence(error.message)}`,
  hint: 'Create it with `createdb`, or correct the name in the database URL.',
});

const readOnly: ExplainConnection = (error, database) => ({
  code: 'DATABASE_READ_ONLY',
  message: `The ${database} cannot be written: ${sentence(error.message)}`,
  hint: 'Connect to the primary server, as a user whose transactions may write.',
});

const forbidden: ExplainConnection = (error, database) => ({
  code: 'DATABASE_READ_ONLY',
  message: `The ${database} does not let this user do that: ${sentence(error.message)}`,
  hint: 'Connect as the owner of the tables, or GRANT the privilege.',
});

const lockTimeout: ExplainConnection = (error, database) => ({
  code: 'LOCK_TIMEOUT',
  message: `Another session of the ${database} holds a lock for too long: ${sentence(error.message)}`,
  hint: 'Wait for that session to end, or wait longer with --lock-timeout SECONDS.',
});

/** Errors that are about the database as a whole or about other sessions. */
export const connectionErrors: {
  readonly unreachable: ExplainConnection;
  readonly bySqlState: ReadonlyMap<string, ExplainConnection>;
} = {
  unreachable,
  bySqlState: new Map([
    ['28000', refused],
    ['28P01', refused],
    ['53300', full],
    ['3D000', missing],
    ['25006', readOnly],
    ['42501', forbidden],
    ['55P03', lockTimeout],
    ['40P01', lockTimeout],
  ]),
};

const failed = (message: string, hint: string, facts?: Explanation['facts']): Explanation => ({
  code: 'MIGRATION_FAILED',
  message,
  hint,
  ...(facts === undefined ? {} : { facts }),
});

const keyOf = (error: ServerError) => {
  const [, columns, values] = /^Key \((.*)\)=\((.*)\) /s.exec(error.detail ?? '') ?? [];
  return columns === undefined || values === undefined ? null : { columns, values };
};

/** Errors that are about one statement and the rows it meets. */
export const databaseErrors: ReadonlyMap<string, (error: ServerError) => Explanation> = new Map([
  ['23505', uniqueViolation],
  ['23503', foreignKeyViolation],
  ['23502', notNullViolation],
  ['23514', checkViolation],
  ['22001', (error: ServerError) => misfit(error, 'Shorten the values first, or make the column longer.')],
  ['22003', (error: ServerError) => misfit(error, 'Change the values first, or choose a wider type.')],
  ['22P02', (error: ServerError) => misfit(error, 'Change the values first, or say how with `using`.')],
  ['22007', (error: ServerError) => misfit(error, 'Change the values first, or say how with `using`.')],
  ['22008', (error: ServerError) => misfit(error, 'Change the values first, or choose another type.')],
  ['42804', noCast],
  ['42846', noCast],
  [
    '42830',
    (error: ServerError) =>
      failed(
        sentence(error.message),
        'Refer to the primary key or to columns with a unique constraint; drop the foreign key before such a constraint.',
      ),
  ],
  ['42P16', (error: ServerError) => failed(sentence(error.message), 'Correct the definition in the script.')],
  ['42P01', (error: ServerError) => nothing(error, 'table')],
  ['42703', (error: ServerError) => nothing(error, 'column')],
  ['42704', (error: ServerError) => nothing(error, 'object')],
  ['42883', (error: ServerError) => nothing(error, 'function or operator')],
  ['42P07', already],
  ['42701', already],
  ['42710', already],
  ['2BP01', dependent],
  ['0A000', impossible],
  ['42601', syntax],
  ['53100', (error: ServerError) => failed(sentence(error.message), 'Free space on the disk of the server.')],
  ['57014', cancelled],
  ['55006', (error: ServerError) => failed(sentence(error.message), pendingHint)],
]);

const notPossible = 'This version of PostgreSQL cannot do it; split the change into steps it can do.';
const pendingHint =
  'Rows changed before have checks to come: put the statement `SET CONSTRAINTS ALL IMMEDIATE` between, or a revision.';

function uniqueViolation(error: ServerError): Explanation {
  const key = keyOf(error);
  const rows = key ? `several rows have ${key.columns} = ${key.values}` : sentence(error.message, false);
  return failed(
    `Table "${error.table}" cannot be unique by "${error.constraint}": ${rows}.`,
    'Remove or change the rows that are there twice, in a step before this one.',
    key ? { columns: key.columns, values: key.values } : undefined,
  );
}

function foreignKeyViolation(error: ServerError): Explanation {
  const key = keyOf(error);
  const still = /still referenced from table "(.*)"/.exec(error.detail ?? '')?.[1];
  const row = key ? `${key.columns} = ${key.values}` : 'A row';
  // The error's table is always the one that has the key.
  const parent = /^update or delete on table "(.*)" violates/.exec(error.message)?.[1] ?? '';
  const message = still
    ? `${row} of table "${parent}" cannot go: table "${still}" refers to it ("${error.constraint}").`
    : `${row} of table "${error.table}" refers to a row that does not exist ("${error.constraint}").`;
  return {
    code: 'FOREIGN_KEY_VIOLATED',
    message,
    hint: 'Correct the rows in the revision script; nothing was changed.',
    ...(key ? { facts: { columns: key.columns, values: key.values } } : {}),
  };
}

function notNullViolation(error: ServerError): Explanation {
  return failed(
    `Column "${error.column}" of table "${error.table}" holds NULLs and cannot be NOT NULL.`,
    'Give `backfill` with what to put there, or a `serverDefault` to a column that is added.',
  );
}

function checkViolation(error: ServerError): Explanation {
  return failed(
    `A row of table "${error.table}" violates the check "${error.constraint}".`,
    'Change the rows in a step before this one, or add the check with `notValid`.',
  );
}

function misfit(error: ServerError, hint: string): Explanation {
  return failed(`A value does not fit: ${sentence(error.message)}`, hint);
}

function noCast(error: ServerError): Explanation {
  const automatic = /cannot be cast automatically|^cannot cast type/.test(error.message);
  return failed(
    sentence(error.message),
    automatic
      ? 'Say how values are converted: alterColumn(…, { type, using: \'"column"::type\' }).'
      : (error.hint ?? 'Correct the types in the revision script.'),
  );
}

function nothing(error: ServerError, what: string): Explanation {
  return failed(
    sentence(error.message),
    `There is no such ${what} in this database: check the name, and whether the database was changed by hand.`,
  );
}

function already(error: ServerError): Explanation {
  return failed(
    sentence(error.message),
    'The database was changed by hand, or made otherwise: look at `db check`, and set its revision with `db stamp`.',
  );
}

function dependent(error: ServerError): Explanation {
  return inUse(error, 'Drop what depends on it first, in the same revision.');
}

function inUse(error: ServerError, hint: string): Explanation {
  const detail = error.detail ?? '';
  const dependents = detail
    .split('\n')
    .flatMap((line) => /^(?:rule "?_RETURN"? on )?(.+?) depends on /.exec(line)?.[1] ?? []);
  return {
    code: 'OPERATION_NOT_SUPPORTED',
    message: `${sentence(error.message)}${detail === '' ? '' : ` ${sentence(detail)}`}`,
    hint,
    ...(dependents.length === 0 ? {} : { facts: { dependents } }),
  };
}

function impossible(error: ServerError): Explanation {
  if (!/cannot alter type of a column/.test(error.message))
    return failed(sentence(error.message), error.hint ?? notPossible);
  return inUse(error, 'Drop what uses it in a step before this one, and create it again behind it.');
}

function syntax(error: ServerError): Explanation {
  return failed(sentence(error.message), 'Correct the SQL in the revision script.');
}

function cancelled(error: ServerError): Explanation {
  return failed(sentence(error.message), 'Raise statement_timeout for this user, or run it again.');
}

/** PostgreSQL's messages have no full stop. */
function sentence(text: string, stop = true): string {
  const trimmed = text.trim().replace(/\.$/, '');
  return stop ? `${trimmed}.` : trimmed;
}
