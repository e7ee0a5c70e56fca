import { type UnitOfWork, wrap } from '@mikro-orm/core';

/** The entities of a class that a unit of work holds; mere references, whose row was not read, are left out. */
export function managed<T extends object>(uow: UnitOfWork, type: abstract new () => T): T[] {
  return [...uow.getIdentityMap()].filter(
    (entity): entity is T => entity instanceof type && wrap(entity).isInitialized(),
  );
}
