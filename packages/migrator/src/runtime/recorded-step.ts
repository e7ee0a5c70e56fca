import { ExecutionError } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import type { RevisionStep } from '../revision/plan.ts';
import { record } from '../script/record.ts';

/** A step of the plan with what its script wants done. */
export interface RecordedStep {
  readonly step: RevisionStep;
  readonly operations: readonly Operation[];
}

/**
 * Records the scripts of a plan, all of them before the first one runs.
 *
 * @throws ScriptError as {@link record}; ExecutionError `IRREVERSIBLE` when a script says it cannot be run this way.
 */
export async function recordSteps(steps: readonly RevisionStep[]): Promise<readonly RecordedStep[]> {
  const recorded: RecordedStep[] = [];
  for (const step of steps) {
    const operations = await record(step.revision, step.direction);
    const refusal = operations.find((each) => each.kind === 'irreversible');
    if (refusal) throw irreversible(step, refusal.reason);
    recorded.push({ step, operations });
  }
  return recorded;
}

function irreversible({ revision, direction }: RevisionStep, reason: string): ExecutionError {
  return new ExecutionError(
    'IRREVERSIBLE',
    `The ${direction} of revision ${revision.revision} cannot be run: ${reason}`,
    {
      hint: 'Nothing was changed. Choose a target on this side of that revision.',
      facts: { revision: revision.revision, direction, reason, path: revision.path },
    },
  );
}
