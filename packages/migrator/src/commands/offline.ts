import { dialectOf } from '../dialects/dialect-of.ts';
import type { DialectName } from '../driver/driver.ts';
import { ConfigurationError } from '../errors.ts';
import type { RevisionPlan } from '../revision/plan.ts';
import { planDowngrade } from '../revision/plan-downgrade.ts';
import { planStamp } from '../revision/plan-stamp.ts';
import { planUpgrade } from '../revision/plan-upgrade.ts';
import { resolveRevisions } from '../revision/resolve-target.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import { parseRange } from '../revision/target-syntax.ts';
import { AppliedRevisions } from '../revision/version-rows.ts';
import { printStamp, printSteps } from '../runtime/offline.ts';
import { recordSteps } from '../runtime/recorded-step.ts';
import { replay } from '../script/replay.ts';
import { readHistory } from '../script/script-directory.ts';
import type { HistoryContext } from './context.ts';
import { historyOperations } from './history-operations.ts';

/** What offline SQL needs: scripts, and the name of a database it will be for. */
export interface OfflineContext extends HistoryContext {
  readonly dialect: DialectName;
}

export interface OfflineCommandOptions {
  /** Put a comment where a data step must read rows first, instead of refusing. */
  readonly skipDataSteps?: boolean;
}

/** SQL instead of its execution. */
export interface OfflineDocument {
  /** The whole text; empty when there is nothing to do. */
  readonly sql: string;
}

/**
 * The SQL of an upgrade, for a database that no one has to be connected to.
 *
 * @param target where to go from the base, or `A:B` to go from A to B.
 * @throws ExecutionError `OFFLINE_NOT_POSSIBLE`; RevisionError and ScriptError as for the upgrade itself.
 */
export async function offlineUpgrade(
  context: OfflineContext,
  target = 'head',
  options: OfflineCommandOptions = {},
): Promise<OfflineDocument> {
  const map = await readHistory(context.scripts);
  const { rows, to } = ends(map, target);
  return print(context, map, planUpgrade(map, rows, to ?? 'head'), options);
}

/**
 * The SQL of a downgrade.
 *
 * @param range `A:B`: from A down to B.
 * @throws ConfigurationError `USAGE_INVALID` when it is no range: nothing says where the database is.
 */
export async function offlineDowngrade(
  context: OfflineContext,
  range: string,
  options: OfflineCommandOptions = {},
): Promise<OfflineDocument> {
  const map = await readHistory(context.scripts);
  if (!range.includes(':')) {
    throw new ConfigurationError(
      'USAGE_INVALID',
      `A downgrade as SQL needs a range, and '${range}' is none.`,
      {
        hint: `Type where the database is and where it shall go, for example ${map.heads[0] ?? 'head'}:base.`,
        facts: { argument: range },
      },
    );
  }
  const { rows, to } = ends(map, range);
  return print(context, map, planDowngrade(map, rows, to ?? 'base'), options);
}

/** The SQL of a stamp: from the base, or with `A:B` from A. */
export async function offlineStamp(
  context: OfflineContext,
  targets: readonly string[] = ['head'],
  options: { readonly purge?: boolean } = {},
): Promise<OfflineDocument> {
  const map = await readHistory(context.scripts);
  const [range, ...others] = targets.filter((target) => target.includes(':'));
  if (others.length > 0 || (range !== undefined && targets.length > 1)) {
    throw new ConfigurationError('USAGE_INVALID', 'A range stands alone: it says where the database is.', {
      hint: 'Type one range A:B, or revisions without a colon.',
      facts: { arguments: targets },
    });
  }
  const { rows, to } = range === undefined ? { rows: [], to: targets } : ends(map, range);
  const plan = planStamp(map, rows, [to ?? 'head'].flat(), { purge: options.purge ?? false });
  if (plan.steps.length === 0 && !plan.purge) return { sql: '' };
  return text(printStamp(plan, { dialect: dialectOf(context.dialect), fromBase: rows.length === 0 }));
}

/** Where the database is said to be (its version rows), and the target. */
function ends(map: RevisionMap, target: string): { rows: readonly string[]; to: string | null } {
  if (!target.includes(':')) return { rows: [], to: target };
  const { lower, upper } = parseRange(target);
  const from = lower === null ? [] : resolveRevisions(map, lower, null);
  return { rows: new AppliedRevisions(map, from).heads, to: upper };
}

async function print(
  context: OfflineContext,
  map: RevisionMap,
  plan: RevisionPlan,
  { skipDataSteps = false }: OfflineCommandOptions,
): Promise<OfflineDocument> {
  if (plan.steps.length === 0) return { sql: '' };
  const dialect = dialectOf(context.dialect);
  const recorded = await recordSteps(plan.steps);
  const before = replay(await historyOperations(map, plan.fromHeads), dialect);
  const fromBase = plan.fromHeads.length === 0;
  return text(await printSteps(recorded, { dialect, before, fromBase, skipDataSteps }));
}

function text(lines: readonly string[]): OfflineDocument {
  return { sql: lines.length === 0 ? '' : `${lines.join('\n').trimEnd()}\n` };
}
