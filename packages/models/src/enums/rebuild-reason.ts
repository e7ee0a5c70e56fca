/** Why an artifact is rebuilt; the number is what `artifact_builds.rebuild_reason` holds. */
export const RebuildReason = {
  UNKNOWN: 0,
  DIRECTLY_AFFECTED: 1,
  DEPENDENCY: 2,
} as const;

export type RebuildReason = (typeof RebuildReason)[keyof typeof RebuildReason];
