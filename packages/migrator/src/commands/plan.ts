import type { Dialect } from '../dialects/dialect.ts';
import type { RevisionPlan } from '../revision/plan.ts';
import { planDowngrade } from '../revision/plan-downgrade.ts';
import { planUpgrade } from '../revision/plan-upgrade.ts';
import { refuseLongNames } from '../runtime/long-names.ts';
import { isOwnTable } from '../runtime/own-tables.ts';
import { type PlannedStep, planRecorded } from '../runtime/planned-step.ts';
import { recordSteps } from '../runtime/recorded-step.ts';
import { emptySchema } from '../schema/schema.ts';
import { type DatabaseContext, readState } from './context.ts';

export interface PlanDocument {
  readonly steps: readonly PlannedStep[];
}

/** What an upgrade would do. Writes nothing. */
export async function planUpgradeSteps(
  context: DatabaseContext,
  target: string | readonly string[] = 'head',
): Promise<PlanDocument> {
  const { map, dialect, heads } = await readState(context);
  return describePlan(context, dialect, planUpgrade(map, heads, target));
}

/** What a downgrade would do. Writes nothing. */
export async function planDowngradeSteps(context: DatabaseContext, target = '-1'): Promise<PlanDocument> {
  const { map, dialect, heads } = await readState(context);
  return describePlan(context, dialect, planDowngrade(map, heads, target));
}

async function describePlan(
  { driver }: DatabaseContext,
  dialect: Dialect,
  plan: RevisionPlan,
): Promise<PlanDocument> {
  const recorded = await recordSteps(plan.steps);
  refuseLongNames(recorded, dialect.name);
  if (recorded.length === 0) return { steps: [] };
  if (!(await driver.exists())) {
    return { steps: await planRecorded(recorded, { dialect, live: emptySchema, session: null }) };
  }
  return driver.withSession(async (session) => {
    const live = await dialect.inspect(session, { exclude: isOwnTable });
    return { steps: await planRecorded(recorded, { dialect, live, session }) };
  });
}
