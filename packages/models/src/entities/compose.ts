import { defineEntity, p } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { lowestComposeId } from '../domain/build-queries.ts';
import { getOrInsert } from '../domain/get-or-create.ts';
import { entityManagerOf } from '../domain/unit-of-work.ts';
import { environmentOf } from '../unit-of-work/commit-outbox.ts';
import { ArtifactBuildCompose } from './artifact-build-compose.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const ComposeSchema = defineEntity({
  name: 'Compose',
  tableName: 'composes',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    /** Its id in ODCS; negative in a dry run. */
    odcsComposeId: p.integer(),
    builds: () => p.oneToMany(ArtifactBuildCompose).mappedBy('compose').orderBy({ build: 'asc' }),
  },
  uniques: [{ name: 'idx_odcs_compose_id', properties: 'odcsComposeId' }],
});

/** A compose made by ODCS, the service that gathers packages into repositories for image builds. */
export class Compose extends ComposeSchema.class {
  static get(em: SqlEntityManager, odcsComposeId: number): Promise<Compose | null> {
    return em.findOne(Compose, { odcsComposeId });
  }

  /**
   * The compose with an id of ODCS, created and committed when it is not there: ODCS answers equal requests with the same
   * compose. Processes that race for it get the same row.
   */
  static getOrCreate(em: SqlEntityManager, odcsComposeId: number): Promise<Compose> {
    return getOrInsert(em, Compose, 'odcsComposeId', () => ({ odcsComposeId }), odcsComposeId);
  }

  /** The smallest id of ODCS, which may be positive; 0 without any. */
  static getLowestComposeId(em: SqlEntityManager): Promise<number> {
    return lowestComposeId(em);
  }

  /** Whether ODCS, asked through the injected `composeState`, calls it done. */
  async finished(): Promise<boolean> {
    const { composeState } = environmentOf(entityManagerOf(this));
    return (await composeState(this.odcsComposeId)) === 'done';
  }
}
ComposeSchema.setClass(Compose);
