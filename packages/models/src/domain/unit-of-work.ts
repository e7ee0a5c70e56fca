import { type MetadataStorage, TransactionContext, wrap } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { DetachedEntityError } from '../errors.ts';
import { creatorOf } from '../unit-of-work/creators.ts';

/**
 * The entity manager to work with for an entity: inside `em.transactional` the one of the transaction, if that holds the
 * entity, else the one that loaded or created it.
 *
 * @throws DetachedEntityError for an entity that no entity manager knows.
 */
export function entityManagerOf(entity: object): SqlEntityManager {
  const own = (wrap(entity, true)?.__em ?? creatorOf(entity)) as SqlEntityManager | undefined;
  if (own === undefined) {
    throw new DetachedEntityError(String(entity));
  }
  const current = TransactionContext.getEntityManager(own.name) as SqlEntityManager | undefined;
  const uow = current?.getUnitOfWork(false);
  const holds = uow?.getPersistStack().has(entity) || uow?.getIdentityMap().getByEntity(entity) === entity;
  return current !== undefined && holds ? current : own;
}

/**
 * Writes what was added to or removed from the unit of work and is not in the database yet, so that ids exist and queries
 * see it. Mere changes of attributes stay pending.
 */
export async function flushAdded(em: SqlEntityManager): Promise<void> {
  const uow = em.getUnitOfWork();
  if (
    uow.getPersistStack().size > 0 ||
    uow.getRemoveStack().size > 0 ||
    uow.getOrphanRemoveStack().size > 0
  ) {
    await em.flush();
  }
}

/** True while MikroORM fills an entity from a row, which may hold anything. */
export function isHydrating(entity: object): boolean {
  const wrapped = wrap(entity, true);
  // The hydrator is one per configuration; its metadata matter only to the call that makes it.
  return wrapped?.__config.getHydrator(wrapped.__em?.getMetadata() as MetadataStorage).isRunning() ?? false;
}
