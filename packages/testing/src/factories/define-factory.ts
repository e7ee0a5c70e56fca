import type { EntityClass, RequiredEntityData } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { nextNumber } from './numbers.ts';

/** Values of an entity, as typed as the entity is. */
export type Overrides<Entity> = Partial<RequiredEntityData<Entity>>;

/** Makes rows of one entity. */
export interface Factory<Entity, Given = Overrides<Entity>> {
  /** Makes one and writes it; whatever is given goes over the defaults. */
  create(em: SqlEntityManager, overrides?: Given): Promise<Entity>;
  /** Makes several, each written on its own, so that their ids follow their order. */
  createMany(
    em: SqlEntityManager,
    count: number,
    overrides?: Given | ((index: number) => Given),
  ): Promise<Entity[]>;
  /** Makes one and adds it to the unit of work without writing it. */
  build(em: SqlEntityManager, overrides?: Given): Entity;
}

/**
 * A factory for an entity.
 *
 * @param defaults all that a row needs; `number` counts from 1 in each test, for values that must be unique.
 */
export function defineFactory<Entity extends object>(
  entity: EntityClass<Entity>,
  defaults: (number: number) => RequiredEntityData<Entity>,
): Factory<Entity> {
  return factory<Entity, Overrides<Entity>>(entity.name, (em, number, overrides) =>
    em.create(entity, { ...defaults(number), ...overrides } as RequiredEntityData<Entity>),
  );
}

/** @param make adds an entity to the unit of work. */
export function factory<Entity extends object, Given extends object>(
  kind: string,
  make: (em: SqlEntityManager, number: number, overrides: Partial<Given>) => Entity,
): Factory<Entity, Given> {
  const build = (em: SqlEntityManager, overrides?: Given): Entity =>
    make(em, nextNumber(em, kind), overrides ?? {});
  const create = async (em: SqlEntityManager, overrides?: Given): Promise<Entity> => {
    const made = build(em, overrides);
    await em.flush();
    return made;
  };
  return {
    build,
    create,
    async createMany(em, count, overrides) {
      const made: Entity[] = [];
      for (let index = 0; index < count; index += 1) {
        made.push(await create(em, typeof overrides === 'function' ? overrides(index) : overrides));
      }
      return made;
    },
  };
}
