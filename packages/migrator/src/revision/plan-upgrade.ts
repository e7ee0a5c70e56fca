import { checkCurrentHeads } from './current-heads.ts';
import { ancestorsOf } from './graph-walk.ts';
import { planSteps, type RevisionPlan } from './plan.ts';
import { resolveTarget, stepsFromCurrent } from './resolve-target.ts';
import { wrongDirection } from './revision-errors.ts';
import type { RevisionMap } from './revision-map.ts';

/**
 * Plans the way up: the target with all it builds and depends on, less what is applied. A target that is
 * applied already, and `base`, give a plan without steps.
 *
 * @param rows the version rows
 * @param target a revision argument, or several
 * @throws as `checkCurrentHeads` and `resolveTarget`; RELATIVE_OUT_OF_RANGE also for steps down from current
 */
export function planUpgrade(
  map: RevisionMap,
  rows: readonly string[],
  target: string | readonly string[],
): RevisionPlan {
  const currentHeads = checkCurrentHeads(map, rows);
  const targets = typeof target === 'string' ? [target] : target;
  const required = ancestorsOf(
    map,
    targets.flatMap((each) => upgradeTarget(map, each, currentHeads)),
  );
  const applied = ancestorsOf(map, currentHeads);
  const ids = map.order.filter((id) => required.has(id) && !applied.has(id));
  return planSteps(map, currentHeads, 'upgrade', ids);
}

function upgradeTarget(map: RevisionMap, text: string, currentHeads: readonly string[]): readonly string[] {
  const steps = stepsFromCurrent(map, text);
  if (steps !== null && steps <= 0) throw wrongDirection(text, 'upgrade');
  return resolveTarget(map, text, currentHeads).revisions;
}
