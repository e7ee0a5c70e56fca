import { defineEntity, p } from '@mikro-orm/core';
import { ArtifactBuild } from './artifact-build.ts';
import { Compose } from './compose.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const ArtifactBuildComposeSchema = defineEntity({
  name: 'ArtifactBuildCompose',
  tableName: 'artifact_build_composes',
  extends: FreshmakerBase,
  properties: {
    build: () =>
      p.manyToOne(ArtifactBuild).primary().deleteRule('no action').updateRule('no action').index(false),
    compose: () =>
      p.manyToOne(Compose).primary().deleteRule('no action').updateRule('no action').index(false),
  },
});

/** The link between a build and a compose whose packages it uses. */
export class ArtifactBuildCompose extends ArtifactBuildComposeSchema.class {}
ArtifactBuildComposeSchema.setClass(ArtifactBuildCompose);
