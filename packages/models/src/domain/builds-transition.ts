import { ReferenceKind } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import type { Event } from '../entities/event.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { type EnumInput, enumValue } from '../enums/enum-value.ts';
import { InvalidFilterError } from '../errors.ts';
import { transitionBuilds } from './build-transition.ts';
import { buildsOf } from './event-builds.ts';
import { flushAdded } from './unit-of-work.ts';

/** Values that the columns of the builds have to equal; columns by their names in the database or of the properties. */
export type BuildFilters = Readonly<Record<string, unknown>>;

export async function transitionBuildsOfEvent(
  em: SqlEntityManager,
  event: Event,
  state: EnumInput<typeof ArtifactBuildState>,
  reason: string | null,
  filters: BuildFilters = {},
): Promise<number[]> {
  const matches = matcher(em, filters);
  enumValue(ArtifactBuildState, 'state', state);
  await flushAdded(em);
  const selected = (await buildsOf(em, event)).filter(matches);
  const changed = await transitionBuilds(em, selected, state, reason);
  return changed.map(({ id }) => id).sort((a, b) => a - b);
}

export async function hasAllBuildsInState(
  em: SqlEntityManager,
  event: Event,
  state: EnumInput<typeof ArtifactBuildState>,
): Promise<boolean> {
  const wanted = enumValue(ArtifactBuildState, 'state', state);
  await flushAdded(em);
  return (await buildsOf(em, event)).every((build) => build.state === wanted);
}

/** @throws InvalidFilterError for what is no mapping, or names no column. */
function matcher(em: SqlEntityManager, filters: unknown): (build: ArtifactBuild) => boolean {
  const prototype: unknown = filters === null ? undefined : Object.getPrototypeOf(filters ?? 0);
  if (typeof filters !== 'object' || (prototype !== Object.prototype && prototype !== null)) {
    throw new InvalidFilterError('The filters of builds have to be an object of columns and values.');
  }
  const conditions = Object.entries(filters as object).map(([column, value]) => condition(em, column, value));
  return (build) => conditions.every((holds) => holds(build));
}

function condition(em: SqlEntityManager, column: string, value: unknown): (build: ArtifactBuild) => boolean {
  const { props } = em.getMetadata().get(ArtifactBuild);
  const property = props
    .filter(({ kind }) => kind !== ReferenceKind.ONE_TO_MANY)
    .find(({ name, fieldNames }) => name === column || fieldNames[0] === column);
  if (property === undefined) {
    throw new InvalidFilterError(`Builds have no column "${column}" to filter by.`);
  }
  const wanted = comparable(filterValue(property.name, value));
  return (build) => comparable(build[property.name as keyof ArtifactBuild]) === wanted;
}

function filterValue(property: string, value: unknown): unknown {
  switch (property) {
    case 'state':
      return enumValue(ArtifactBuildState, 'state', value);
    case 'type':
      return value === null ? null : enumValue(ArtifactType, 'type', value);
    default:
      return value;
  }
}

/** Rows are compared by their ids, dates by their time; nothing is null. */
function comparable(value: unknown): unknown {
  if (value instanceof Date) {
    return value.getTime();
  }
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : (value ?? null);
}
