import type { EntityManager, MikroORM } from '@mikro-orm/core';

/** How many rows of a kind were made in a database since its test began; the ORM's driver stands for the database. */
const numbers = new WeakMap<object, Map<string, number>>();

/** The next number of a kind, counting from 1 in each test. */
export function nextNumber(em: EntityManager, kind: string): number {
  const driver = em.getDriver();
  const counts = numbers.get(driver) ?? new Map<string, number>();
  numbers.set(driver, counts);
  const number = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, number);
  return number;
}

export function restartNumbers(orm: MikroORM): void {
  numbers.delete(orm.driver);
}
