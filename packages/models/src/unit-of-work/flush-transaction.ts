import type {
  EntityManager,
  EventSubscriber,
  FlushEventArgs,
  TransactionEventArgs,
  UnitOfWork,
} from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';

/** Runs a statement inside the transaction of the flush. */
export type Execute = <Row = never>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>;

/** What has to be written together with a flush, and before it. */
export type FlushTask = (execute: Execute) => Promise<void>;

/** Looks at what a flush is going to write, and says what has to be written with it. */
export type FlushStep = (em: SqlEntityManager, uow: UnitOfWork) => readonly FlushTask[];

/**
 * Runs statements of its steps inside the transaction of a flush, before MikroORM's own: in the open transaction when there
 * is one, else in the one that the flush opens, else (MikroORM has nothing to write) in one for them alone.
 */
export class FlushTransaction implements EventSubscriber {
  readonly #steps: readonly FlushStep[];
  readonly #waiting = new WeakMap<EntityManager, readonly FlushTask[]>();

  constructor(steps: readonly FlushStep[]) {
    this.#steps = steps;
  }

  async onFlush({ em, uow }: FlushEventArgs): Promise<void> {
    const tasks = this.#steps.flatMap((step) => step(em as SqlEntityManager, uow));
    if (em.isInTransaction()) {
      await run(em, tasks, em.getTransactionContext());
    } else {
      this.#waiting.set(em, tasks);
    }
  }

  async afterTransactionStart({ em, uow, transaction }: TransactionEventArgs): Promise<void> {
    // Without changes this is not the transaction of a flush: that one has failed before it began.
    const isFlush = uow !== undefined && uow.getChangeSets().length > 0;
    const tasks = this.#take(em);
    if (isFlush) {
      await run(em, tasks, transaction);
    }
  }

  async afterFlush({ em }: FlushEventArgs): Promise<void> {
    const tasks = this.#take(em);
    if (tasks.length > 0) {
      await em.getConnection('write').transactional((transaction) => run(em, tasks, transaction));
    }
  }

  #take(em: EntityManager): readonly FlushTask[] {
    const tasks = this.#waiting.get(em) ?? [];
    this.#waiting.delete(em);
    return tasks;
  }
}

async function run(
  em: EntityManager,
  tasks: readonly FlushTask[],
  transaction: TransactionEventArgs['transaction'],
): Promise<void> {
  const connection = (em as SqlEntityManager).getConnection('write');
  for (const task of tasks) {
    await task((sql, parameters = []) => connection.execute(sql, [...parameters], 'all', transaction));
  }
}
