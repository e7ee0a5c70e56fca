import { defineEntity, p } from '@mikro-orm/core';
import { UtcDateTimeType } from '../database/utc-date-time-type.ts';
import { Event } from './event.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const ArtifactBuildSchema = defineEntity({
  name: 'ArtifactBuild',
  tableName: 'artifact_builds',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    name: p.string().length(-1),
    type: p.integer().strictNullable(),
    state: p.integer(),
    timeSubmitted: p.type(UtcDateTimeType),
    timeCompleted: p.type(UtcDateTimeType).strictNullable(),
    depOn: () =>
      p
        .manyToOne(ArtifactBuild)
        .strictNullable()
        .deleteRule('no action')
        .updateRule('no action')
        .index(false),
    event: () =>
      p.manyToOne(Event).strictNullable().deleteRule('no action').updateRule('no action').index(false),
    buildId: p.integer().strictNullable(),
    buildArgs: p.string().length(-1).strictNullable(),
    stateReason: p.string().length(-1).strictNullable(),
    originalNvr: p.string().length(-1).strictNullable(),
    rebuiltNvr: p.string().length(-1).strictNullable(),
    rebuildReason: p.integer().strictNullable(),
    bundlePullspecOverridesText: p.text().name('bundle_pullspec_overrides').strictNullable(),
  },
});

/** One artifact to be rebuilt for an event. */
export class ArtifactBuild extends ArtifactBuildSchema.class {}
ArtifactBuildSchema.setClass(ArtifactBuild);
