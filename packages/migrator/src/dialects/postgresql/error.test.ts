import { isConnectionLost, translatePostgresqlError } from './error.ts';

function serverError(code: string, message: string, fields: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { code, ...fields });
}

const database = 'PostgreSQL database app on localhost:5432';
const translate = (error: unknown) => translatePostgresqlError(error, database);

describe('errors about the database', () => {
  test.each([
    ['08006', 'connection failure', 'DATABASE_UNREACHABLE', /cannot be reached/, /server runs/],
    ['57P03', 'the database system is starting up', 'DATABASE_UNREACHABLE', /starting up/, /server runs/],
    ['57P01', 'terminating connection', 'DATABASE_UNREACHABLE', /terminating/, /server runs/],
    ['ECONNREFUSED', 'connect ECONNREFUSED', 'DATABASE_UNREACHABLE', /ECONNREFUSED/, /host and port/],
    [
      '28P01',
      'password authentication failed for user "a"',
      'DATABASE_UNREACHABLE',
      /password/,
      /PGPASSWORD/,
    ],
    ['3D000', 'database "app" does not exist', 'DATABASE_UNREACHABLE', /does not exist/, /createdb/],
    ['53300', 'too many clients already', 'DATABASE_UNREACHABLE', /connections/, /limit/],
    [
      '25006',
      'cannot execute CREATE TABLE in a read-only transaction',
      'DATABASE_READ_ONLY',
      /written/,
      /primary/,
    ],
    ['42501', 'permission denied for schema public', 'DATABASE_READ_ONLY', /permission/, /GRANT/],
    ['55P03', 'canceling statement due to lock timeout', 'LOCK_TIMEOUT', /lock/, /--lock-timeout/],
    ['40P01', 'deadlock detected', 'LOCK_TIMEOUT', /deadlock/, /--lock-timeout/],
  ])('%s: %s is %s', (code, message, expected, words, hint) => {
    const error = translate(serverError(code, message));
    expect(error).toMatchObject({ name: 'DatabaseStateError', code: expected });
    expect(error?.message).toMatch(words);
    expect(error?.message).toContain(database);
    expect(error?.hint).toMatch(hint);
  });

  test('of several addresses that were tried, the last one counts', () => {
    const error = new AggregateError([serverError('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1')]);
    expect(translate(error)).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
  });

  test.each([
    [serverError('08P01', 'server conn crashed?'), true],
    [serverError('08P01', 'bind message supplies 2 parameters, but prepared statement "" requires 1'), false],
    [new Error('Connection terminated unexpectedly'), true],
    [serverError('EPIPE', 'write EPIPE'), true],
    [serverError('57P02', 'crash'), true],
    [serverError('57014', 'canceled'), false],
    [new Error('anything'), false],
    ['a string', false],
  ])('%s: the connection is lost: %s', (error, expected) => {
    expect(isConnectionLost(error)).toBe(expected);
  });
});

describe('errors about a statement', () => {
  test.each<[string, Record<string, string>, string, RegExp, RegExp]>([
    [
      '23505',
      { table: 'users', constraint: 'users_key', detail: 'Key (a, b)=(1, x (y)) is duplicated.' },
      'MIGRATION_FAILED',
      /"users".*a, b = 1, x \(y\)/,
      /twice/,
    ],
    [
      '23503',
      { table: 'b', constraint: 'fk', detail: 'Key (a_id)=(7) is not present in table "a".' },
      'FOREIGN_KEY_VIOLATED',
      /a_id = 7 of table "b" refers to a row that does not exist/,
      /rows/,
    ],
    ['23502', { table: 'a', column: 'b' }, 'MIGRATION_FAILED', /"b" of table "a" holds NULLs/, /backfill/],
    [
      '23514',
      { table: 'a', constraint: 'ck' },
      'MIGRATION_FAILED',
      /"a" violates the check "ck"/,
      /notValid/,
    ],
    ['22001', {}, 'MIGRATION_FAILED', /does not fit/, /longer/],
    ['22P02', {}, 'MIGRATION_FAILED', /does not fit/, /using/],
    ['42P01', {}, 'MIGRATION_FAILED', /the message/, /no such table/],
    ['42P07', {}, 'MIGRATION_FAILED', /the message/, /db stamp/],
    [
      '2BP01',
      { detail: 'view v depends on it' },
      'OPERATION_NOT_SUPPORTED',
      /view v depends on it/,
      /Drop what depends/,
    ],
    ['42601', {}, 'MIGRATION_FAILED', /the message/, /SQL/],
    ['55006', {}, 'MIGRATION_FAILED', /the message/, /SET CONSTRAINTS/],
  ])('%s with %j is %s', (code, fields, expected, words, hint) => {
    const error = translate(serverError(code, 'the message', fields));
    expect(error).toMatchObject({ name: 'ExecutionError', code: expected });
    expect(error?.message).toMatch(words);
    expect(error?.hint).toMatch(hint);
    expect(error?.facts).toMatchObject({ sqlState: code, database });
  });

  test('the offending values are facts', () => {
    const detail = 'Key (name)=(x) already exists.';
    const error = translate(serverError('23505', 'duplicate key', { table: 't', constraint: 'c', detail }));
    expect(error?.toJSON()).toMatchObject({
      table: 't',
      constraint: 'c',
      columns: 'name',
      values: 'x',
      detail,
    });
  });

  test.each([[new Error('no code')], [serverError('99999', 'new in PostgreSQL 40')], [null], ['text']])(
    '%s means nothing here',
    (error) => {
      expect(translate(error)).toBeNull();
    },
  );
});
