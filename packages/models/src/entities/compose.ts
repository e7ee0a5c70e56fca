import { defineEntity, p } from '@mikro-orm/core';
import { FreshmakerBase } from './freshmaker-base.ts';

const ComposeSchema = defineEntity({
  name: 'Compose',
  tableName: 'composes',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    odcsComposeId: p.integer(),
  },
  uniques: [{ name: 'idx_odcs_compose_id', properties: 'odcsComposeId' }],
});

/** A compose made by ODCS, the service that gathers packages into repositories for image builds. */
export class Compose extends ComposeSchema.class {}
ComposeSchema.setClass(Compose);
