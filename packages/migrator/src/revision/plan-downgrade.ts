import { checkCurrentHeads } from './current-heads.ts';
import { ancestorsOf, descendantsOf, newestFirst } from './graph-walk.ts';
import { planSteps, type RevisionPlan } from './plan.ts';
import { type ResolvedTarget, resolveTarget, stepsFromCurrent } from './resolve-target.ts';
import { multipleHeads, notADowngradeTarget, wrongDirection } from './revision-errors.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

/**
 * Plans the way down: every applied revision above the target, with all that builds or depends on it. With
 * `BRANCH@` only what leads to that branch is reverted; steps down from current stay on their branch as well.
 *
 * @param rows the version rows
 * @param target a revision argument
 * @throws as `checkCurrentHeads` and `resolveTarget`; NOT_A_DOWNGRADE_TARGET when the target is not below what
 *   is applied; AMBIGUOUS_WALK for steps from several current heads; RELATIVE_OUT_OF_RANGE also for steps up
 *   from current
 */
export function planDowngrade(map: RevisionMap, rows: readonly string[], target: string): RevisionPlan {
  const currentHeads = checkCurrentHeads(map, rows);
  const steps = stepsFromCurrent(map, target);
  if (steps !== null && steps >= 0) throw wrongDirection(target, 'downgrade');
  const resolved = resolveTarget(map, target, currentHeads);
  const [id, ...others] = resolved.revisions;
  const { symbol } = resolved.expression;
  if (symbol === 'current' && resolved.expression.steps === null) {
    return planSteps(map, currentHeads, 'downgrade', []);
  }
  if (others.length > 0) throw multipleHeads(map, target, resolved.revisions);

  const roots = rootsAbove(map, id, resolved, currentHeads);
  const applied = ancestorsOf(map, currentHeads);
  const reverted = descendantsOf(map, roots).intersection(applied);
  if (id !== undefined && reverted.size === 0 && !currentHeads.includes(id)) {
    throw notADowngradeTarget(target, currentHeads);
  }
  return planSteps(map, currentHeads, 'downgrade', newestFirst(map, reverted));
}

/** The revisions right above the target (undefined: the base) that have to go. */
function rootsAbove(
  map: RevisionMap,
  target: string | undefined,
  { branch, start, expression }: ResolvedTarget,
  currentHeads: readonly string[],
): readonly string[] {
  const roots = target === undefined ? map.bases : nodeOf(map, target).nextRevisions;
  if (roots.length < 2) return roots;
  const fromCurrent = expression.symbol === null || expression.symbol === 'current';
  const guides = [branch?.revision ?? null, fromCurrent ? start : null].filter((guide) => guide !== null);
  if (guides.length === 0) return roots;
  for (const guide of guides) {
    const leading = ancestorsOf(map, [guide], { dependencies: false });
    const chosen = roots.filter((root) => leading.has(root));
    if (chosen.length > 0) return chosen;
  }
  throw notADowngradeTarget(expression.text, currentHeads);
}
