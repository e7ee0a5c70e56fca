import { DatabaseStateError } from '../errors.ts';
import type { Driver, Session } from './driver.ts';

/** A session that is kept until it is given back. */
export interface LentSession {
  readonly session: Session;
  giveBack(): Promise<void>;
}

/** Longer than any server takes to accept a connection. */
const PATIENCE_MS = 15_000;

/** Lends sessions beside the one that is in use, for as long as one run lasts. */
export class SessionLender {
  readonly #driver: Driver;
  readonly #asked = new Set<Promise<void>>();

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** @throws DatabaseStateError `DATABASE_UNREACHABLE` when there is none to be had: a pool of one connection has no second. */
  async lend(): Promise<LentSession> {
    const { promise: returned, resolve: giveBack } = Promise.withResolvers<void>();
    const { promise: lent, resolve: lend, reject: refuse } = Promise.withResolvers<LentSession>();
    const patience = setTimeout(() => {
      giveBack();
      refuse(noSecondSession(this.#driver));
    }, PATIENCE_MS);
    const over = this.#driver.withSession((session) => {
      lend({
        session,
        async giveBack() {
          giveBack();
          await over;
        },
      });
      return returned;
    });
    this.#asked.add(over);
    over.catch(refuse).finally(() => this.#asked.delete(over));
    return lent.finally(() => clearTimeout(patience));
  }

  /**
   * Waits until all are back, those included that nobody waited for any more while the database was still connecting: a
   * pool must not be closed under a connection that is on its way, or nobody ever gives that one back.
   */
  async allReturned(): Promise<void> {
    await Promise.allSettled(this.#asked);
  }
}

function noSecondSession(driver: Driver): DatabaseStateError {
  return new DatabaseStateError(
    'DATABASE_UNREACHABLE',
    `The ${driver.description} gives no second connection beside the first, which this revision needs.`,
    { hint: 'Let the pool of connections hold at least three.', facts: { database: driver.description } },
  );
}
