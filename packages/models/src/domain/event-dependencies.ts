import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import { Event } from '../entities/event.ts';
import { EventDependency } from '../entities/event-dependency.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { EventState } from '../enums/event-state.ts';
import { addIfAbsent, waitingRows } from '../unit-of-work/absent-rows.ts';
import { managed } from '../unit-of-work/managed.ts';
import { flushAdded } from './unit-of-work.ts';

/** The states of an event whose builds may still be of use to others. */
export const livingStates: readonly number[] = [
  EventState.INITIALIZED,
  EventState.BUILDING,
  EventState.COMPLETE,
];

/** The ids of related events, in the order in which the relations were made. */
export interface DependencyIds {
  readonly dependsOn: readonly number[];
  readonly depending: readonly number[];
}

/** The relations of events in both directions, in one statement. Relations to events that are gone are left out. */
export async function loadDependencyIds(
  em: SqlEntityManager,
  events: readonly Event[],
): Promise<ReadonlyMap<number, DependencyIds>> {
  const ids = events.map(({ id }) => id);
  if (ids.length === 0) {
    return new Map();
  }
  const marks = ids.map(() => '?').join(', ');
  const rows: { from: number; to: number }[] = await em.execute(
    `select d.event_id as "from", d.event_dependency_id as "to"
     from event_dependencies d join events f on f.id = d.event_id join events t on t.id = d.event_dependency_id
     where d.event_id in (${marks}) or d.event_dependency_id in (${marks}) order by d.id`,
    [...ids, ...ids],
  );
  const waiting = managed(em.getUnitOfWork(), Event).flatMap((event) =>
    waitingRows(event, 'event_dependencies').map(({ key }) => ({
      from: event.id,
      to: key.event_dependency_id ?? 0,
    })),
  );
  const pairs = [...rows, ...waiting];
  return new Map(
    ids.map((id) => [
      id,
      {
        dependsOn: pairs.filter(({ from }) => from === id).map(({ to }) => to),
        depending: pairs.filter(({ to }) => to === id).map(({ from }) => from),
      },
    ]),
  );
}

/** Events in the order of a list of ids. */
async function eventsInOrder(em: SqlEntityManager, ids: readonly number[]): Promise<Event[]> {
  const found = await em.find(Event, { id: { $in: [...ids] } });
  return ids.flatMap((id) => found.find((event) => event.id === id) ?? []);
}

export async function relatedEvents(
  em: SqlEntityManager,
  event: Event,
  direction: keyof DependencyIds,
): Promise<Event[]> {
  await flushAdded(em);
  const ids = (await loadDependencyIds(em, [event])).get(event.id)?.[direction] ?? [];
  return ids.length === 0 ? [] : eventsInOrder(em, ids);
}

export async function addEventDependency(
  em: SqlEntityManager,
  event: Event,
  other: Event,
): Promise<EventDependency | null> {
  await flushAdded(em);
  if (event === other || event.id === other.id) {
    return null;
  }
  const there = await em.count(EventDependency, { event: event.id, eventDependency: other.id });
  return there > 0 ? null : waitForDependency(em, event, other);
}

/** Adds the row to the unit of work; null when it waits there already. */
function waitForDependency(em: SqlEntityManager, event: Event, other: Event): EventDependency | null {
  const row = em.create(EventDependency, { event, eventDependency: other }, { persist: false });
  const added = addIfAbsent(event, {
    table: 'event_dependencies',
    key: { event_id: event.id, event_dependency_id: other.id },
    assignId: (id) => {
      row.id = id;
      em.merge(row);
    },
  });
  return added ? row : null;
}

export async function findDependentEvents(em: SqlEntityManager, event: Event): Promise<Event[]> {
  await flushAdded(em);
  const names: { name: string }[] = await em.execute(
    'select distinct name as "name" from artifact_builds where event_id = ?',
    [event.id],
  );
  const found = await em.find(
    Event,
    {
      id: { $ne: event.id },
      manualTriggered: false,
      released: false,
      state: { $in: [...livingStates] },
      builds: { $some: { type: ArtifactType.IMAGE, name: { $in: names.map(({ name }) => name) } } },
    },
    { orderBy: { id: 'asc' } },
  );
  const known = new Set((await loadDependencyIds(em, [event])).get(event.id)?.dependsOn);
  for (const other of found.filter(({ id }) => !known.has(id))) {
    waitForDependency(em, event, other);
  }
  await em.flush();
  return found;
}

export async function buildsFromDependencies(
  em: SqlEntityManager,
  event: Event,
  nvr: string | null,
): Promise<ArtifactBuild[] | null> {
  await flushAdded(em);
  const ids = (await loadDependencyIds(em, [event])).get(event.id)?.dependsOn ?? [];
  if (nvr === null || ids.length === 0) {
    return null;
  }
  const builds = await em.find(
    ArtifactBuild,
    { event: { $in: [...ids] }, originalNvr: nvr, state: ArtifactBuildState.DONE },
    { orderBy: { id: 'asc' } },
  );
  const first = ids.find((id) => builds.some((build) => build.event?.id === id));
  return first === undefined ? null : builds.filter((build) => build.event?.id === first);
}
