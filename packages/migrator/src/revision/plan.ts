import type { Revision } from './revision.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';
import { AppliedRevisions, type VersionChange } from './version-rows.ts';

/** One revision to run, up or down. */
export interface RevisionStep {
  readonly revision: Revision;
  readonly direction: 'upgrade' | 'downgrade';
  /** Left of the arrow in the step's line: parents on the way up, the revision itself on the way down. */
  readonly fromRevisions: readonly string[];
  /** Right of the arrow. */
  readonly toRevisions: readonly string[];
  readonly versionChange: VersionChange;
}

/** Revisions to run, in order. Without steps there is nothing to do. */
export interface RevisionPlan {
  readonly direction: 'upgrade' | 'downgrade';
  /** The version rows before, newest first. */
  readonly fromHeads: readonly string[];
  /** The version rows after. */
  readonly toHeads: readonly string[];
  readonly steps: readonly RevisionStep[];
}

/** Version rows to write without running anything. */
export interface StampStep {
  /** The revision that is stamped; going to the base, the one whose row goes away. */
  readonly revision: string;
  readonly direction: 'stamp';
  readonly fromRevisions: readonly string[];
  readonly toRevisions: readonly string[];
  readonly versionChange: VersionChange;
}

export interface StampPlan {
  readonly direction: 'stamp';
  /** Delete every row of the version table first, also those no script knows. */
  readonly purge: boolean;
  readonly fromHeads: readonly string[];
  readonly toHeads: readonly string[];
  readonly steps: readonly StampStep[];
}

/**
 * Lays out revisions as steps.
 *
 * @param currentHeads version rows, checked
 * @param ids the revisions to run, in order
 */
export function planSteps(
  map: RevisionMap,
  currentHeads: readonly string[],
  direction: 'upgrade' | 'downgrade',
  ids: readonly string[],
): RevisionPlan {
  const applied = new AppliedRevisions(map, currentHeads);
  const steps = ids.map((id): RevisionStep => {
    const { revision, downRevisions } = nodeOf(map, id);
    return direction === 'upgrade'
      ? {
          revision,
          direction,
          fromRevisions: downRevisions,
          toRevisions: [id],
          versionChange: applied.upgrade(id),
        }
      : {
          revision,
          direction,
          fromRevisions: [id],
          toRevisions: downRevisions,
          versionChange: applied.downgrade(id),
        };
  });
  return { direction, fromHeads: currentHeads, toHeads: applied.heads, steps };
}

/** The line of a step as Alembic prints it, for example `Running upgrade 2358 -> fcba, Add a column`. */
export function describeStep(step: RevisionStep | StampStep): string {
  const verb = step.direction === 'stamp' ? 'stamp_revision' : step.direction;
  const line = `Running ${verb} ${step.fromRevisions.join(', ')} -> ${step.toRevisions.join(', ')}`;
  const message = step.direction === 'stamp' ? '' : step.revision.message;
  return message === '' ? line : `${line}, ${message}`;
}
