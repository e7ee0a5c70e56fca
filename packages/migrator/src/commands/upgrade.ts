import { DatabaseStateError } from '../errors.ts';
import { planDowngrade } from '../revision/plan-downgrade.ts';
import { planUpgrade } from '../revision/plan-upgrade.ts';
import { type ExecutionResult, execute } from '../runtime/executor.ts';
import { LockBudget, type LockOptions } from '../runtime/waiting/lock-budget.ts';
import { type DatabaseContext, type DatabaseState, listenerOf, readState } from './context.ts';

export interface MigrateOptions {
  readonly lock?: LockOptions;
  /** Go on in production though rows or values are destroyed. */
  readonly allowDataLoss?: boolean;
  /** Copy a SQLite file before something in it is destroyed; default true. */
  readonly backup?: boolean;
  /** Whether this is production; by default what `FRESHMAKER_ENV` or `NODE_ENV` says. */
  readonly production?: boolean;
}

/**
 * Brings a database up to a target.
 *
 * @param target default `head`.
 * @throws RevisionError, ScriptError before anything runs; ExecutionError for the revision that failed.
 */
export async function upgrade(
  context: DatabaseContext,
  target: string | readonly string[] = 'head',
  options: MigrateOptions = {},
): Promise<ExecutionResult> {
  const budget = budgetOf(context, options);
  const state = await readOrLeave(context, budget);
  if (state === null) return leftToOthers;
  const { map, dialect, heads } = state;
  const plan = planUpgrade(map, heads, target);
  return run(context, { map, dialect, plan, budget, options });
}

/**
 * Takes revisions back until a database is at a target.
 *
 * @param target default `-1`.
 */
export async function downgrade(
  context: DatabaseContext,
  target = '-1',
  options: MigrateOptions = {},
): Promise<ExecutionResult> {
  const budget = budgetOf(context, options);
  const state = await readOrLeave(context, budget);
  if (state === null) return leftToOthers;
  const { map, dialect, heads } = state;
  const plan = planDowngrade(map, heads, target);
  return run(context, { map, dialect, plan, budget, options });
}

const leftToOthers: ExecutionResult = { applied: [], current: [], unread: true };

/** @returns null where another process keeps the version table from being read, and the work is to be left to it. */
async function readOrLeave(context: DatabaseContext, budget: LockBudget): Promise<DatabaseState | null> {
  try {
    return await readState(context, budget);
  } catch (error) {
    const isLocked =
      error instanceof DatabaseStateError && ['DATABASE_LOCKED', 'LOCK_TIMEOUT'].includes(error.code);
    if (!isLocked || budget.options.mode !== 'skip') throw error;
    listenerOf(context)({ type: 'warning', message: `${error.message} The work is left to it.` });
    return null;
  }
}

/** All the waiting that one command may do. */
export function budgetOf(context: DatabaseContext, { lock }: MigrateOptions): LockBudget {
  return new LockBudget(lock, context.signal);
}

/** Whether the environment says that this is production. */
export function isProduction(env: Readonly<Record<string, string | undefined>>): boolean {
  return env.FRESHMAKER_ENV === 'production' || env.NODE_ENV === 'production';
}

function run(
  context: DatabaseContext,
  {
    options,
    ...rest
  }: Pick<Parameters<typeof execute>[0], 'map' | 'dialect' | 'plan' | 'budget'> & { options: MigrateOptions },
): Promise<ExecutionResult> {
  return execute({
    ...rest,
    driver: context.driver,
    losses: {
      refuse: (options.production ?? isProduction(process.env)) && options.allowDataLoss !== true,
      backup: options.backup ?? true,
    },
    listener: listenerOf(context),
    signal: context.signal,
  });
}
