import type { Dialect } from '../dialects/dialect.ts';
import type { Driver } from '../driver/driver.ts';
import { SessionLender } from '../driver/session-lender.ts';
import { MigratorError } from '../errors.ts';
import { checkCurrentHeads } from '../revision/current-heads.ts';
import { ancestorsOf } from '../revision/graph-walk.ts';
import { planSteps, type RevisionPlan } from '../revision/plan.ts';
import type { RevisionMap } from '../revision/revision-map.ts';
import type { VersionChange } from '../revision/version-rows.ts';
import type { Schema } from '../schema/schema.ts';
import type { Direction } from '../script/record.ts';
import type { EventListener } from './events.ts';
import { refuseLongNames } from './long-names.ts';
import { type RecordedStep, recordSteps } from './recorded-step.ts';
import { runStep } from './run-step.ts';
import { CheckpointTable } from './segments/checkpoint.ts';
import { finishFirst } from './segments/unfinished.ts';
import type { LossRules, StepEnvironment } from './step-environment.ts';
import type { StepOutcome } from './step-outcome.ts';
import { VersionTable } from './version-table.ts';
import { throwIfInterrupted } from './waiting/interrupt.ts';
import type { LockBudget } from './waiting/lock-budget.ts';

/** A step that was carried out. */
export interface AppliedStep {
  readonly revision: string;
  readonly direction: Direction | 'stamp';
  readonly durationMs: number;
}

export interface ExecutionResult {
  readonly applied: readonly AppliedStep[];
  /** The version rows at the end, newest first. */
  readonly current: readonly string[];
  /** There and true where somebody else kept the version table from being read: nobody knows where it is. */
  readonly unread?: true;
}

export interface ExecuteOptions {
  readonly driver: Driver;
  readonly dialect: Dialect;
  readonly map: RevisionMap;
  readonly plan: RevisionPlan;
  readonly budget: LockBudget;
  readonly losses: LossRules;
  readonly listener: EventListener;
  /** Aborted to end the run: what is not finished is rolled back. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Carries out a plan, each revision in a transaction of its own. A plan without steps takes no lock.
 *
 * @throws ScriptError before anything runs, when a script of the plan cannot be recorded; OperationError
 *   `OPERATION_INVALID` then too, for a name that is too long.
 * @throws ExecutionError for the step that failed, with the steps before it, which stay, as the fact `applied`.
 */
export async function execute(options: ExecuteOptions): Promise<ExecutionResult> {
  const { plan, driver } = options;
  if (plan.steps.length === 0) return { applied: [], current: plan.fromHeads };
  const recorded = await recordSteps(plan.steps);
  refuseLongNames(recorded, driver.dialect);
  const lender = new SessionLender(driver);
  const run = driver.withSession(async (session) => {
    const putBack = await options.dialect.transaction.prepareRun(session);
    const environment: StepEnvironment = {
      session,
      lender,
      dialect: options.dialect,
      versionTable: new VersionTable(options.dialect),
      checkpoints: new CheckpointTable(options.dialect),
      listener: options.listener,
      budget: options.budget,
      losses: options.losses,
      signal: options.signal,
      database: driver.description,
    };
    const result = await runAll(options, recorded, environment).catch(async (error: unknown) => {
      // What made the run fail is what to tell.
      await putBack().catch(() => undefined);
      throw error;
    });
    await putBack();
    return result;
  });
  return run.finally(() => lender.allReturned());
}

async function runAll(
  options: ExecuteOptions,
  recorded: readonly RecordedStep[],
  environment: StepEnvironment,
): Promise<ExecutionResult> {
  const applied: AppliedStep[] = [];
  let heads = options.plan.fromHeads;
  let schema: Schema | null = null;
  let waiting = [...recorded];
  try {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      throwIfInterrupted(options.signal);
      const started = performance.now();
      options.listener({ type: 'stepStarted', step: next.step });
      const outcome: StepOutcome = await runStep(next, heads, schema, environment);
      if (outcome.kind === 'skipped') break;
      if (outcome.kind === 'unfinished') {
        waiting = remaining(options, finishFirst(outcome.checkpoint, [next, ...waiting], options.map), heads);
        continue;
      }
      if (outcome.kind === 'moved') {
        heads = checkCurrentHeads(options.map, outcome.heads);
        waiting = remaining(options, [next, ...waiting], heads);
        schema = null;
        continue;
      }
      const durationMs = Math.round(performance.now() - started);
      applied.push({ revision: next.step.revision.revision, direction: next.step.direction, durationMs });
      options.listener({ type: 'stepFinished', step: next.step, durationMs });
      heads = headsAfter(heads, next.step.versionChange);
      schema = outcome.schema;
    }
  } catch (error) {
    throw withApplied(error, applied);
  }
  return { applied, current: heads };
}

function headsAfter(
  heads: readonly string[],
  { deletes, updates, inserts }: VersionChange,
): readonly string[] {
  const gone = new Set([...deletes, ...updates.map((each) => each.from)]);
  return [...inserts, ...updates.map((each) => each.to), ...heads.filter((head) => !gone.has(head))];
}

/** What is left to do after somebody else moved the database, with version changes for where it is now. */
function remaining(
  { map, plan }: ExecuteOptions,
  waiting: readonly RecordedStep[],
  heads: readonly string[],
): RecordedStep[] {
  const isApplied = ancestorsOf(map, heads);
  const upgrading = plan.direction === 'upgrade';
  const left = waiting.filter(({ step }) => isApplied.has(step.revision.revision) !== upgrading);
  const ids = left.map(({ step }) => step.revision.revision);
  const { steps } = planSteps(map, heads, plan.direction, ids);
  return steps.map((step, at) => ({ step, operations: left[at]?.operations ?? [] }));
}

function withApplied(error: unknown, applied: readonly AppliedStep[]): unknown {
  if (!(error instanceof MigratorError)) return error;
  const stays =
    applied.length === 0
      ? ''
      : `${error.message.endsWith('.') ? '' : '.'} The ${applied.length} step(s) before it stay applied.`;
  const Kind = error.constructor as typeof MigratorError;
  return new Kind(error.code, `${error.message}${stays}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    cause: error.cause,
    facts: { ...error.facts, applied },
  });
}
