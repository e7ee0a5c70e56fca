import { ChangeSetType, type UnitOfWork } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import { ArtifactBuildCompose } from '../entities/artifact-build-compose.ts';
import { Event } from '../entities/event.ts';
import { EventDependency } from '../entities/event-dependency.ts';
import type { Execute, FlushTask } from './flush-transaction.ts';
import { managed } from './managed.ts';

type ChangeSet = ReturnType<UnitOfWork['getChangeSets']>[number];

/**
 * What goes with what is removed, since no foreign key of the database has a rule: an event takes its builds and its
 * dependency rows in both directions, a build takes its links to composes and lets its children go, and a build that is
 * taken off its event is removed.
 *
 * Rows that the unit of work holds are removed by it; all others by one statement per table, whatever their number.
 */
export function removalStep(_em: SqlEntityManager, uow: UnitOfWork): readonly FlushTask[] {
  const remove = (entity: object): void => uow.computeChangeSet(entity, ChangeSetType.DELETE);
  uow
    .getChangeSets()
    .filter(isTakenOffItsEvent)
    .forEach(({ entity }) => {
      remove(entity);
    });
  const events = new Set(removed(uow, Event));
  if (events.size === 0 && removed(uow, ArtifactBuild).length === 0) {
    return [];
  }
  for (const build of managed(uow, ArtifactBuild)) {
    if (build.event && events.has(build.event)) {
      remove(build);
    }
  }
  const builds = new Set(removed(uow, ArtifactBuild));
  for (const link of managed(uow, ArtifactBuildCompose)) {
    if (builds.has(link.build)) {
      remove(link);
    }
  }
  for (const row of managed(uow, EventDependency)) {
    if (events.has(row.event) || events.has(row.eventDependency)) {
      remove(row);
    }
  }
  for (const child of managed(uow, ArtifactBuild)) {
    if (child.depOn && builds.has(child.depOn) && !builds.has(child)) {
      child.depOn = null;
      uow.computeChangeSet(child);
    }
  }
  return [(execute) => removeRows(execute, ids(events), ids(builds))];
}

async function removeRows(
  execute: Execute,
  events: readonly number[],
  builds: readonly number[],
): Promise<void> {
  const ofEvents = `event_id in (${marks(events)})`;
  const gone = `select id from artifact_builds where id in (${marks(builds)}) or ${ofEvents}`;
  const all = [...builds, ...events];
  await execute(`delete from artifact_build_composes where build_id in (${gone})`, all);
  await execute(`update artifact_builds set dep_on_id = null where dep_on_id in (${gone})`, all);
  if (events.length > 0) {
    await execute(
      `delete from event_dependencies where ${ofEvents} or event_dependency_id in (${marks(events)})`,
      [...events, ...events],
    );
    await execute(`delete from artifact_builds where ${ofEvents}`, events);
  }
}

/** Placeholders for a list; an empty one matches nothing. */
function marks(values: readonly number[]): string {
  return values.length === 0 ? 'null' : values.map(() => '?').join(', ');
}

function ids(entities: Iterable<{ id: number }>): number[] {
  return [...entities].map(({ id }) => id);
}

function removed<T extends object>(uow: UnitOfWork, type: abstract new () => T): T[] {
  return uow
    .getChangeSets()
    .filter(({ type: kind }) => kind === ChangeSetType.DELETE || kind === ChangeSetType.DELETE_EARLY)
    .map(({ entity }): object => entity)
    .filter((entity): entity is T => entity instanceof type);
}

/** Setting a build's event to null is as good as taking the build out of the event's collection. */
function isTakenOffItsEvent({ entity, type, payload, originalEntity }: ChangeSet): boolean {
  return (
    entity instanceof ArtifactBuild &&
    type === ChangeSetType.UPDATE &&
    'event' in payload &&
    (payload.event ?? null) === null &&
    ((originalEntity as { event?: unknown } | undefined)?.event ?? null) !== null
  );
}
