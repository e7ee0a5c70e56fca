/** What kind of artifact a build makes; the number is what `artifact_builds.type` holds. */
export const ArtifactType = {
  RPM: 0,
  IMAGE: 1,
  MODULE: 2,
  IMAGE_REPOSITORY: 3,
} as const;

export type ArtifactType = (typeof ArtifactType)[keyof typeof ArtifactType];
