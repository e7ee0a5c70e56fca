import { DatabaseStateError } from '../errors.ts';
import type { Driver, Session } from './driver.ts';

/** A session that is kept until it is given back. */
export interface LentSession {
  readonly session: Session;
  giveBack(): Promise<void>;
}

/** Longer than any server takes to accept a connection. */
const PATIENCE_MS = 15_000;

/**
 * Borrows a session beside the one that is in use.
 *
 * @throws DatabaseStateError `DATABASE_UNREACHABLE` when there is none to be had: a pool of one connection has no second.
 */
export async function borrowSession(driver: Driver): Promise<LentSession> {
  const { promise: returned, resolve: giveBack } = Promise.withResolvers<void>();
  const { promise: lent, resolve: lend, reject: refuse } = Promise.withResolvers<LentSession>();
  const patience = setTimeout(() => {
    giveBack();
    refuse(noSecondSession(driver));
  }, PATIENCE_MS);
  const borrowed = driver.withSession((session) => {
    lend({
      session,
      async giveBack() {
        giveBack();
        await borrowed;
      },
    });
    return returned;
  });
  borrowed.catch(refuse);
  return lent.finally(() => clearTimeout(patience));
}

function noSecondSession(driver: Driver): DatabaseStateError {
  return new DatabaseStateError(
    'DATABASE_UNREACHABLE',
    `The ${driver.description} gives no second connection beside the first, which this revision needs.`,
    { hint: 'Let the pool of connections hold at least three.', facts: { database: driver.description } },
  );
}
