import { wrap } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import { Compose } from '../entities/compose.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { enumName } from '../enums/enum-value.ts';
import { RebuildReason } from '../enums/rebuild-reason.ts';
import type { Environment } from '../environment.ts';
import { waitingRows } from '../unit-of-work/absent-rows.ts';
import { environmentOf } from '../unit-of-work/commit-outbox.ts';
import { isoSeconds, type JsonValue, parseJsonText } from './json-values.ts';

/** A build as messages and the API show it. */
export type BuildJson = {
  readonly id: number;
  readonly name: string;
  readonly original_nvr: string | null;
  readonly rebuilt_nvr: string | null;
  readonly type: number | null;
  readonly type_name: string | null;
  readonly state: number;
  readonly state_name: string | null;
  readonly state_reason: string | null;
  readonly dep_on: string | null;
  readonly dep_on_id: number | null;
  readonly time_submitted: string | null;
  readonly time_completed: string | null;
  readonly event_id: number | null;
  readonly build_id: number | null;
  readonly url: string;
  readonly build_args: JsonValue;
  readonly odcs_composes: readonly number[];
  readonly rebuild_reason: string;
};

/** What of the environment may differ from one caller to the next: an API shows paths, messages carry whole addresses. */
export type JsonOptions = Partial<Pick<Environment, 'urlFor'>>;

/** Makes the JSON of builds whose details were loaded beforehand. */
export type BuildJsonMaker = (build: ArtifactBuild, options?: JsonOptions) => BuildJson;

/**
 * Loads what the JSON of builds needs beside their own rows: two statements for any number of builds.
 *
 * @param builds - loaded builds that have their ids.
 */
export async function loadBuildJson(
  em: SqlEntityManager,
  builds: readonly ArtifactBuild[],
): Promise<BuildJsonMaker> {
  await loadParents(em, builds);
  const composes = await loadComposes(em, builds);
  const environment = environmentOf(em);
  return (build, options) => buildJson(build, composes.get(build.id) ?? [], { ...environment, ...options });
}

function buildJson(build: ArtifactBuild, composes: readonly number[], environment: Environment): BuildJson {
  const parent = build.depOn && wrap(build.depOn).isInitialized() ? build.depOn : null;
  return {
    id: build.id,
    name: build.name,
    original_nvr: build.originalNvr ?? null,
    rebuilt_nvr: build.rebuiltNvr ?? null,
    type: build.type ?? null,
    type_name: enumName(ArtifactType, build.type),
    state: build.state,
    state_name: enumName(ArtifactBuildState, build.state),
    state_reason: build.stateReason ?? null,
    dep_on: parent?.name ?? null,
    dep_on_id: parent?.id ?? null,
    time_submitted: isoSeconds(build.timeSubmitted),
    time_completed: isoSeconds(build.timeCompleted),
    event_id: build.event?.id ?? null,
    build_id: build.buildId ?? null,
    url: environment.urlFor('build', build.id),
    build_args: parseJsonText(build.buildArgs, `build_args of build ${build.id}`, environment.logger),
    odcs_composes: composes,
    rebuild_reason: (enumName(RebuildReason, build.rebuildReason) ?? 'UNKNOWN').toLowerCase(),
  };
}

async function loadParents(em: SqlEntityManager, builds: readonly ArtifactBuild[]): Promise<void> {
  const parents = builds.flatMap(({ depOn }) => (depOn && !wrap(depOn).isInitialized() ? [depOn.id] : []));
  if (parents.length > 0) {
    await em.find(ArtifactBuild, { id: { $in: [...new Set(parents)] } });
  }
}

async function loadComposes(
  em: SqlEntityManager,
  builds: readonly ArtifactBuild[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  if (builds.length === 0) {
    return new Map();
  }
  const rows: { build: number; compose: number; odcs: number }[] = await em.execute(
    `select l.build_id as "build", c.id as "compose", c.odcs_compose_id as "odcs"
     from artifact_build_composes l join composes c on c.id = l.compose_id
     where l.build_id in (${builds.map(() => '?').join(', ')})`,
    builds.map(({ id }) => id),
  );
  const uow = em.getUnitOfWork();
  const waiting = builds.flatMap((build) =>
    waitingRows(build, 'artifact_build_composes').map(({ key: { compose_id: compose = 0 } }) => ({
      build: build.id,
      compose,
      odcs: uow.getById(Compose, compose)?.odcsComposeId ?? 0,
    })),
  );
  const byBuild = Map.groupBy(
    [...rows, ...waiting].sort((a, b) => a.compose - b.compose),
    ({ build }) => build,
  );
  return new Map([...byBuild].map(([build, links]) => [build, links.map(({ odcs }) => odcs)]));
}
