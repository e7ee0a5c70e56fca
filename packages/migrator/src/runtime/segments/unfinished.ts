import { DatabaseStateError } from '../../errors.ts';
import { nodeOf, type RevisionMap } from '../../revision/revision-map.ts';
import type { RecordedStep } from '../recorded-step.ts';
import type { FoundCheckpoint } from './checkpoint.ts';

/**
 * The steps with the one first that is half done. What it rests on was applied when it began, so it may.
 *
 * @throws DatabaseStateError `REVISION_UNFINISHED` when it is not among them, or goes the other way.
 */
export function finishFirst(
  checkpoint: FoundCheckpoint,
  steps: readonly RecordedStep[],
  map: RevisionMap,
): readonly RecordedStep[] {
  const first = steps.find(
    ({ step }) => step.revision.revision === checkpoint.revision && step.direction === checkpoint.direction,
  );
  if (first === undefined || first === steps[0]) throw unfinished(checkpoint, map);
  return [first, ...steps.filter((each) => each !== first)];
}

function unfinished(
  { revision, direction, done, owner }: FoundCheckpoint,
  map: RevisionMap,
): DatabaseStateError {
  return new DatabaseStateError(
    'REVISION_UNFINISHED',
    `The ${direction} of revision ${revision} is half done: ${done} operation(s) ran, begun by process ${owner.pid}` +
      ` on ${owner.host} since ${owner.since}. It has to be finished first.`,
    {
      hint: `Type \`${finishingCommand(revision, direction, map)}\`, or put the database right by hand and say where it is with \`db stamp\`.`,
      facts: { revision, direction, operationsDone: done, owner },
    },
  );
}

function finishingCommand(revision: string, direction: 'upgrade' | 'downgrade', map: RevisionMap): string {
  if (direction === 'upgrade') return `db upgrade ${revision}`;
  const node = map.nodes.get(revision);
  return `db downgrade ${node ? (nodeOf(map, revision).downRevisions[0] ?? 'base') : 'base'}`;
}
