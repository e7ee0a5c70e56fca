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

/** The reason of builds that are reached only by the cascade. */
export const DEP = 'Cannot build artifact, because its dependency cannot be built.';

/** State and reason of every build, by its name. */
export async function states(em: SqlEntityManager): Promise<Record<string, [number, string | null]>> {
  const builds = await em.findAll(ArtifactBuild, { orderBy: { id: 'asc' } });
  return Object.fromEntries(
    builds.map(({ name, state, stateReason }) => [name, [state, stateReason ?? null]]),
  );
}
