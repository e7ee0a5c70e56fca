import type { SqlEntityManager } from '@mikro-orm/sql';
import { outboxOf } from '../unit-of-work/commit-outbox.ts';

/**
 * Runs a function in a transaction: committed when it returns, rolled back when it throws anything.
 *
 * @param work - gets the entity manager of the transaction.
 * @returns what the function returned.
 * @throws what the function has thrown, the error of a commit that failed (nothing is persisted then), or a publisher's
 *   error after the commit.
 */
export async function commitOnSuccess<Result>(
  em: SqlEntityManager,
  work: (em: SqlEntityManager) => Promise<Result> | Result,
): Promise<Result> {
  let inner = em;
  const result = await em.transactional(async (transactional) => {
    inner = transactional;
    return work(transactional);
  });
  const failure = outboxOf(em).takeFailure(inner);
  if (failure !== undefined) {
    throw failure;
  }
  return result;
}
