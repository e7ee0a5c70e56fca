/**
 * How far a build is; the number is what `artifact_builds.state` holds.
 *
 * PLANNED is the last number but the first in time: never compare states with `<`.
 */
export const ArtifactBuildState = {
  BUILD: 0,
  DONE: 1,
  FAILED: 2,
  CANCELED: 3,
  PLANNED: 4,
} as const;

export type ArtifactBuildState = (typeof ArtifactBuildState)[keyof typeof ArtifactBuildState];
