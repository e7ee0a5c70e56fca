import { type EntityManager, type EventArgs, type EventSubscriber, wrap } from '@mikro-orm/core';

const creators = new WeakMap<object, EntityManager>();

/** Remembers which entity manager has created an entity: MikroORM itself tells only once it is flushed. */
export class Creators implements EventSubscriber {
  onInit({ entity, em }: EventArgs<object>): void {
    if (wrap(entity, true).__em === undefined) {
      creators.set(entity, em);
    }
  }
}

/** The entity manager whose `create` has made a new entity. */
export function creatorOf(entity: object): EntityManager | undefined {
  return creators.get(entity);
}
