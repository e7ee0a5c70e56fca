import type { EntityManager, EventSubscriber, FlushEventArgs, TransactionEventArgs } from '@mikro-orm/core';
import { type CounterName, defaultEnvironment, type Environment, type Topic } from '../environment.ts';

/** Something to be told to the world once the change it stems from is committed. */
export type Notice =
  | { readonly counter: CounterName }
  | { readonly topic: Topic; readonly payload: Readonly<Record<string, unknown>> };

interface Staged {
  /** Orders notices as the transitions were, whatever flush wrote them. */
  readonly number: number;
  readonly notice: Notice;
}

interface Frame {
  readonly parent: Frame | undefined;
  staged: Staged[];
}

/**
 * Holds notices back until the change they stem from is committed, and drops them when it is rolled back.
 *
 * A notice waits with its entity until a flush covers the entity. A flush outside a transaction is the commit; one inside
 * hands its notices to the transaction, a savepoint hands them to the transaction around it when it is released, and the
 * outermost commit releases them. See docs/adr, "Messages leave after the commit".
 */
export class CommitOutbox implements EventSubscriber {
  readonly environment: Environment;
  #lastNumber = 0;
  readonly #waiting = new WeakMap<object, Staged[]>();
  readonly #flushing = new WeakMap<EntityManager, Staged[]>();
  readonly #frames = new WeakMap<object, Frame>();
  readonly #opening = new WeakMap<EntityManager, object | undefined>();
  readonly #failures = new WeakMap<EntityManager, unknown>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Stages notices about a change of an entity that is yet to be flushed. */
  stage(entity: object, notices: readonly Notice[]): void {
    this.#waiting.set(entity, [...(this.#waiting.get(entity) ?? []), ...this.#number(notices)]);
  }

  /**
   * Stages notices about what is flushed already: they leave at once when no transaction is open.
   *
   * @throws the publisher's first error, after every notice was tried.
   */
  async stageFlushed(em: EntityManager, notices: readonly Notice[]): Promise<void> {
    const frame = this.#frameOf(em);
    if (frame === undefined) {
      await this.#release(this.#number(notices));
    } else {
      frame.staged.push(...this.#number(notices));
    }
  }

  /** Returns and forgets what a publisher has thrown after a commit of this entity manager. */
  takeFailure(em: EntityManager): unknown {
    const failure = this.#failures.get(em);
    this.#failures.delete(em);
    return failure;
  }

  async onFlush({ em, uow }: FlushEventArgs): Promise<void> {
    const covered = new Set<object>(uow.getChangeSets().map(({ entity }) => entity));
    for (const entity of uow.getIdentityMap()) {
      covered.add(entity);
    }
    const staged: Staged[] = [];
    for (const entity of covered) {
      staged.push(...(this.#waiting.get(entity) ?? []));
      // Whatever becomes of this flush, MikroORM does not write the same change again.
      this.#waiting.delete(entity);
    }
    this.#flushing.set(em, staged);
  }

  async afterFlush({ em }: FlushEventArgs): Promise<void> {
    const staged = this.#flushing.get(em) ?? [];
    this.#flushing.delete(em);
    const frame = this.#frameOf(em);
    if (frame !== undefined) {
      frame.staged.push(...staged);
      return;
    }
    try {
      await this.#release(staged);
    } catch (error) {
      this.#failures.set(em, error);
      throw error;
    }
  }

  async beforeTransactionStart({ em, transaction }: TransactionEventArgs): Promise<void> {
    this.#opening.set(em, transaction);
  }

  async afterTransactionStart({ em, transaction }: TransactionEventArgs): Promise<void> {
    const around = this.#opening.get(em);
    this.#opening.delete(em);
    if (transaction !== undefined) {
      const parent = around === undefined ? undefined : this.#frames.get(around);
      this.#frames.set(transaction, { parent, staged: [] });
    }
  }

  async afterTransactionCommit({ em, transaction }: TransactionEventArgs): Promise<void> {
    const frame = this.#close(transaction);
    if (frame?.parent !== undefined) {
      frame.parent.staged.push(...frame.staged);
      return;
    }
    try {
      await this.#release(frame?.staged ?? []);
    } catch (error) {
      // Thrown here, MikroORM would take the commit for failed and try to roll it back.
      this.environment.logger.error(`A message could not be sent after the commit: ${String(error)}`);
      this.#failures.set(em, error);
    }
  }

  async afterTransactionRollback({ transaction }: TransactionEventArgs): Promise<void> {
    this.#close(transaction);
    this.environment.count('db_transaction_rollback');
  }

  #number(notices: readonly Notice[]): Staged[] {
    return notices.map((notice) => {
      this.#lastNumber += 1;
      return { number: this.#lastNumber, notice };
    });
  }

  #frameOf(em: EntityManager): Frame | undefined {
    const transaction: object | undefined = em.getTransactionContext();
    return transaction === undefined ? undefined : this.#frames.get(transaction);
  }

  #close(transaction: object | undefined): Frame | undefined {
    if (transaction === undefined) {
      return undefined;
    }
    const frame = this.#frames.get(transaction);
    this.#frames.delete(transaction);
    return frame;
  }

  async #release(staged: readonly Staged[]): Promise<void> {
    const errors: unknown[] = [];
    for (const { notice } of staged.toSorted((a, b) => a.number - b.number)) {
      if ('counter' in notice) {
        this.environment.count(notice.counter);
      } else {
        await send(this.environment, notice.topic, notice.payload).catch((error: unknown) =>
          errors.push(error),
        );
      }
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }
}

async function send(
  environment: Environment,
  topic: Topic,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  environment.count('messaging_tx_to_send');
  try {
    await environment.publish(topic, payload);
  } catch (error) {
    environment.count('messaging_tx_failed');
    throw error;
  }
  environment.count('messaging_tx_sent_ok');
}

const unheard = new CommitOutbox(defaultEnvironment);

/** The outbox of an entity manager; where the ORM was set up without one, notices go nowhere. */
export function outboxOf(em: EntityManager): CommitOutbox {
  for (const subscriber of em.config.get('subscribers')) {
    if (subscriber instanceof CommitOutbox) {
      return subscriber;
    }
  }
  return unheard;
}

/** The environment that an entity manager was set up with. */
export function environmentOf(em: EntityManager): Environment {
  return outboxOf(em).environment;
}
