import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild, Event } from '../src/index.ts';

/** `Event.create`, flushed on its own. */
export async function event(
  em: SqlEntityManager,
  ...rest: DropFirst<Parameters<typeof Event.create>>
): Promise<Event> {
  const created = Event.create(em, ...rest);
  await em.flush();
  return created;
}

/** `ArtifactBuild.create`, flushed on its own. */
export async function build(
  em: SqlEntityManager,
  ...rest: DropFirst<Parameters<typeof ArtifactBuild.create>>
): Promise<ArtifactBuild> {
  const created = ArtifactBuild.create(em, ...rest);
  await em.flush();
  return created;
}

type DropFirst<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

export const ids = (rows: Iterable<{ id: number }>): number[] => [...rows].map(({ id }) => id);
