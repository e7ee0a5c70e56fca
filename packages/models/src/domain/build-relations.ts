import { wrap } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import { ArtifactBuildCompose } from '../entities/artifact-build-compose.ts';
import type { Compose } from '../entities/compose.ts';
import { DependencyCycleError } from '../errors.ts';
import { addIfAbsent } from '../unit-of-work/absent-rows.ts';
import { environmentOf } from '../unit-of-work/commit-outbox.ts';
import { loadBuildJson } from './build-json.ts';
import { findBuilds } from './event-builds.ts';
import { flushAdded } from './unit-of-work.ts';

export async function dependingArtifactBuilds(
  em: SqlEntityManager,
  build: ArtifactBuild,
): Promise<ArtifactBuild[]> {
  await flushAdded(em);
  return findBuilds(em, { depOn: build.id }, ({ depOn }) => depOn === build);
}

export async function rootDepOn(em: SqlEntityManager, build: ArtifactBuild): Promise<ArtifactBuild | null> {
  const seen = new Set([build]);
  let top = build;
  while (top.depOn) {
    const parent = top.depOn;
    if (!wrap(parent).isInitialized() && (await em.findOne(ArtifactBuild, parent.id)) === null) {
      break;
    }
    if (seen.has(parent)) {
      throw new DependencyCycleError(String(build));
    }
    seen.add(parent);
    top = parent;
  }
  return top === build ? null : top;
}

export async function addComposes(
  em: SqlEntityManager,
  build: ArtifactBuild,
  composes: readonly Compose[],
): Promise<void> {
  await flushAdded(em);
  const linked = await em.find(ArtifactBuildCompose, { build: build.id });
  const known = new Set(linked.map(({ compose }) => compose.id));
  for (const { id } of composes.filter((compose) => !known.has(compose.id))) {
    addIfAbsent(build, {
      table: 'artifact_build_composes',
      key: { build_id: build.id, compose_id: id },
    });
  }
}

export async function composesReady(em: SqlEntityManager, build: ArtifactBuild): Promise<boolean> {
  await flushAdded(em);
  const { composeState } = environmentOf(em);
  const json = await loadBuildJson(em, [build]);
  for (const odcsComposeId of json(build).odcs_composes) {
    if ((await composeState(odcsComposeId)) !== 'done') {
      return false;
    }
  }
  return true;
}
