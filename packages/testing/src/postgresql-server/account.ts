import { readFileSync } from 'node:fs';
import { PostgresqlServerError } from './error.ts';

/** A user of the operating system. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user a server must run as: PostgreSQL refuses to be root, so root hands it to `nobody` (or `postgres`).
 *
 * @returns `undefined` for an ordinary user, who runs the server as itself.
 * @throws PostgresqlServerError `POSTGRESQL_ACCOUNT_MISSING` when root has neither user to hand it to.
 */
export function serverAccount(): Account | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  const account = findAccount(readFileSync('/etc/passwd', 'utf8'), ['nobody', 'postgres']);
  if (account) return account;
  throw new PostgresqlServerError(
    'POSTGRESQL_ACCOUNT_MISSING',
    'PostgreSQL does not run as root, and there is no user "nobody" or "postgres" to run it as.',
    'Add such a user, or run the tests as an ordinary user.',
  );
}

/**
 * @param passwd the text of `/etc/passwd`.
 * @param names user names, the preferred one first.
 */
export function findAccount(passwd: string, names: readonly string[]): Account | undefined {
  const users = new Map(passwd.split('\n').map((line) => [line.split(':')[0], line.split(':')]));
  const fields = names.map((name) => users.get(name)).find((user) => user !== undefined);
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) };
}
