import { DatabaseStateError, type ErrorDetails, ExecutionError, type MigratorError } from '../../errors.ts';
import { connectionErrors, databaseErrors, type Explanation, type ServerError } from './sqlstate.ts';

/**
 * What an error of the server or of the connection to it means, with a way out.
 *
 * Source: PostgreSQL, "PostgreSQL Error Codes", and the codes of Node's sockets.
 *
 * @param database where it is, for people.
 * @returns null when the error has no meaning of its own here, or is none of theirs.
 */
export function translatePostgresqlError(error: unknown, database: string): MigratorError | null {
  const server = asServerError(error);
  if (server === null) return null;
  const connection = isConnectionLost(error)
    ? connectionErrors.unreachable
    : connectionErrors.bySqlState.get(server.code);
  if (connection) return toError(DatabaseStateError, connection(server, database), error, server, database);
  const explain = databaseErrors.get(server.code);
  return explain ? toError(ExecutionError, explain(server), error, server, database) : null;
}

/** Whether there is no connection any more, or never was one. */
export function isConnectionLost(error: unknown): boolean {
  const server = asServerError(error);
  if (server === null) return false;
  // The server gives it the code of a broken protocol, which poolers give to a broken connection.
  if (server.message.startsWith('bind message supplies')) return false;
  return (
    /^(?:08|57P0[1-3]$)/.test(server.code) ||
    socketErrors.has(server.code) ||
    /^(?:Connection terminated|Client has encountered a connection error|timeout expired|timeout exceeded)/.test(
      server.message,
    )
  );
}

const socketErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'EACCES',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function asServerError(error: unknown): ServerError | null {
  if (!(error instanceof Error)) return null;
  // Several addresses of one name were tried: the last failure stands for all.
  const one = error instanceof AggregateError ? (error.errors.at(-1) ?? error) : error;
  const { code, message, detail, schema, table, column, constraint, hint } = one as Partial<ServerError>;
  return {
    code: typeof code === 'string' ? code : '',
    message: message ?? '',
    detail,
    schema,
    table,
    column,
    constraint,
    hint,
  };
}

function toError(
  Kind: new (code: Explanation['code'], message: string, details: ErrorDetails) => MigratorError,
  { code, message, hint, facts }: Explanation,
  cause: unknown,
  { code: sqlState, detail, table, column, constraint }: ServerError,
  database: string,
): MigratorError {
  const known = Object.entries({ table, column, constraint, detail }).filter(
    ([, value]) => value !== undefined,
  );
  return new Kind(code, message, {
    hint,
    cause,
    facts: { database, sqlState, ...Object.fromEntries(known), ...facts },
  });
}
