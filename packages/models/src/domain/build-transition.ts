import { wrap } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ArtifactBuild } from '../entities/artifact-build.ts';
import { Event } from '../entities/event.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { type EnumInput, enumName, enumValue } from '../enums/enum-value.ts';
import type { CounterName } from '../environment.ts';
import { environmentOf, type Notice, outboxOf } from '../unit-of-work/commit-outbox.ts';
import { loadBuildJson } from './build-json.ts';
import { findBuilds } from './event-builds.ts';
import { buildText } from './text-forms.ts';
import { flushAdded } from './unit-of-work.ts';

/** The reason of builds that are reached only because a build they depend on has failed or was cancelled. */
const cascadeReason = 'Cannot build artifact, because its dependency cannot be built.';

/** The counter of a state; a state that has one also is an end, and sets the time. */
const counters: Partial<Record<ArtifactBuildState, CounterName>> = {
  [ArtifactBuildState.DONE]: 'freshmaker_artifact_build_done',
  [ArtifactBuildState.FAILED]: 'freshmaker_artifact_build_failed',
  [ArtifactBuildState.CANCELED]: 'freshmaker_artifact_build_canceled',
};

const cascading: ReadonlySet<number> = new Set([ArtifactBuildState.FAILED, ArtifactBuildState.CANCELED]);

/**
 * Moves builds to a state; for FAILED and CANCELED also everything below those that changed, level by level: builds that
 * are in the state already stay as they are, but do not end the way down. Stages one message per changed build,
 * descendants before ancestors. Commits nothing.
 *
 * @returns the builds that changed, ancestors first.
 */
export async function transitionBuilds(
  em: SqlEntityManager,
  builds: readonly ArtifactBuild[],
  newState: EnumInput<typeof ArtifactBuildState>,
  reason: string | null,
): Promise<ArtifactBuild[]> {
  const state = enumValue(ArtifactBuildState, 'state', newState);
  await flushAdded(em);
  await loadEvents(em, builds);
  const changed = builds.filter((build) => move(em, build, state, reason));
  if (cascading.has(state)) {
    const below = await descendants(em, changed, new Set(builds));
    await loadEvents(em, below);
    changed.push(...below.filter((build) => move(em, build, state, cascadeReason)));
  }
  await stageMessages(em, changed.toReversed(), counters[state]);
  return changed;
}

function move(
  em: SqlEntityManager,
  build: ArtifactBuild,
  state: ArtifactBuildState,
  reason: string | null,
): boolean {
  const { logger, now } = environmentOf(em);
  logger[state === ArtifactBuildState.FAILED ? 'error' : 'info'](
    `Artifact build ${buildText(build)} moved to state ${enumName(ArtifactBuildState, state)}, ${JSON.stringify(reason)}`,
  );
  if (build.state === state) {
    return false;
  }
  build.state = state;
  build.stateReason = reason;
  if (counters[state] !== undefined) {
    build.timeCompleted = now();
  }
  return true;
}

/** Everything below some builds, each once, in the order of the levels; one statement per level. */
async function descendants(
  em: SqlEntityManager,
  roots: readonly ArtifactBuild[],
  seen: Set<ArtifactBuild>,
): Promise<ArtifactBuild[]> {
  const found: ArtifactBuild[] = [];
  let level = roots;
  while (level.length > 0) {
    const parents = new Set(level);
    const children = await findBuilds(
      em,
      { depOn: { $in: level.map(({ id }) => id) } },
      (build) => build.depOn !== null && build.depOn !== undefined && parents.has(build.depOn),
    );
    level = children.filter((build) => !seen.has(build));
    for (const build of level) {
      seen.add(build);
      found.push(build);
    }
  }
  return found;
}

/** Log lines name the event of a build. */
async function loadEvents(em: SqlEntityManager, builds: readonly ArtifactBuild[]): Promise<void> {
  const missing = builds.flatMap(({ event }) => (event && !wrap(event).isInitialized() ? [event.id] : []));
  if (missing.length > 0) {
    await em.find(Event, { id: { $in: [...new Set(missing)] } });
  }
}

async function stageMessages(
  em: SqlEntityManager,
  builds: readonly ArtifactBuild[],
  counter: CounterName | undefined,
): Promise<void> {
  const json = await loadBuildJson(em, builds);
  const outbox = outboxOf(em);
  const counted: readonly Notice[] = counter === undefined ? [] : [{ counter }];
  for (const build of builds) {
    outbox.stage(build, [...counted, { topic: 'build.state.changed', payload: json(build) }]);
  }
}
