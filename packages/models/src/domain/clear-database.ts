import type { EntityName } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import { ArtifactBuildCompose } from '../entities/artifact-build-compose.ts';
import { Compose } from '../entities/compose.ts';
import { Event } from '../entities/event.ts';
import { EventDependency } from '../entities/event-dependency.ts';

/** The tables that are emptied, in an order that no foreign key forbids. Users stay. */
const order: readonly EntityName<object>[] = [
  ArtifactBuildCompose,
  EventDependency,
  ArtifactBuild,
  Event,
  Compose,
];

/** Deletes all events, builds and composes, and what links them, in one transaction; users are kept. */
export async function clearDatabase(em: SqlEntityManager): Promise<void> {
  await em.fork().transactional(async (inner) => {
    for (const entity of order) {
      await inner.nativeDelete(entity, {});
    }
  });
}
