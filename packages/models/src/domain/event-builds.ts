import { wrap } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import type { Event } from '../entities/event.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { enumName } from '../enums/enum-value.ts';
import { managed } from '../unit-of-work/managed.ts';

/**
 * The builds that a condition selects, as the unit of work sees them: rows of the database, with the pending changes of
 * those that it holds, by id.
 *
 * @param belongs - the condition, on a build as it is in memory.
 */
export async function findBuilds(
  em: SqlEntityManager,
  where: Parameters<typeof em.find<ArtifactBuild>>[1],
  belongs: (build: ArtifactBuild) => boolean,
): Promise<ArtifactBuild[]> {
  const rows = await em.find(ArtifactBuild, where);
  const seen = new Set([...rows, ...managed(em.getUnitOfWork(), ArtifactBuild)]);
  return [...seen].filter(belongs).sort((a, b) => a.id - b.id);
}

/** The builds of events, in one statement: by the event's id, each list by the build's. */
export async function loadBuilds(
  em: SqlEntityManager,
  events: readonly Event[],
): Promise<ReadonlyMap<number, ArtifactBuild[]>> {
  const ids = new Set(events.map(({ id }) => id));
  if (ids.size === 0) {
    return new Map();
  }
  const builds = await findBuilds(em, { event: { $in: [...ids] } }, ({ event }) =>
    event ? ids.has(event.id) : false,
  );
  return Map.groupBy(builds, ({ event }) => event?.id ?? 0);
}

export async function buildsOf(em: SqlEntityManager, event: Event): Promise<ArtifactBuild[]> {
  return (await loadBuilds(em, [event])).get(event.id) ?? [];
}

/** The image builds of an event that wait for no other build, in any state, by id. */
export async function imageBuildsInFirstBatch(em: SqlEntityManager, event: Event): Promise<ArtifactBuild[]> {
  return findBuilds(
    em,
    { event: event.id, type: ArtifactType.IMAGE, depOn: null },
    (build) => build.event?.id === event.id && build.type === ArtifactType.IMAGE && !build.depOn,
  );
}

/** The numbers of builds of events, in one statement: `total`, and one under the name of each state that occurs. */
export async function loadBuildsSummaries(
  em: SqlEntityManager,
  events: readonly Event[],
): Promise<ReadonlyMap<number, Readonly<Record<string, number>>>> {
  const counts = new Map(events.map(({ id }) => [id, new Map<number, number>()]));
  if (counts.size === 0) {
    return new Map();
  }
  const add = (event: unknown, state: unknown, number: number): void => {
    const states = counts.get(event as number);
    states?.set(state as number, (states.get(state as number) ?? 0) + number);
  };
  const rows: { event: number; state: number; number: number | string }[] = await em.execute(
    `select event_id as "event", state as "state", count(*) as "number" from artifact_builds
     where event_id in (${events.map(() => '?').join(', ')}) group by event_id, state`,
    [...counts.keys()],
  );
  for (const { event, state, number } of rows) {
    add(event, state, Number(number));
  }
  for (const build of managed(em.getUnitOfWork(), ArtifactBuild)) {
    const stored = wrap(build, true).__originalEntityData;
    add(stored?.event, stored?.state, -1);
    add(build.event?.id, build.state, 1);
  }
  return new Map([...counts].map(([event, states]) => [event, summary(states)]));
}

function summary(states: ReadonlyMap<number, number>): Readonly<Record<string, number>> {
  const occurring = [...states].filter(([, number]) => number > 0).sort(([a], [b]) => a - b);
  return Object.fromEntries([
    ['total', occurring.reduce((total, [, number]) => total + number, 0)],
    ...occurring.map(([state, number]) => [enumName(ArtifactBuildState, state) ?? String(state), number]),
  ]);
}
