import { planDowngrade } from '../revision/plan-downgrade.ts';
import { planUpgrade } from '../revision/plan-upgrade.ts';
import { type ExecutionResult, execute } from '../runtime/executor.ts';
import { DEFAULT_LOCK, type LockOptions } from '../runtime/transaction-lock.ts';
import { type DatabaseContext, listenerOf, readState } from './context.ts';

export interface MigrateOptions {
  readonly lock?: LockOptions;
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
  const { map, dialect, heads } = await readState(context);
  const plan = planUpgrade(map, heads, target);
  return run(context, { map, dialect, plan, options });
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
  const { map, dialect, heads } = await readState(context);
  const plan = planDowngrade(map, heads, target);
  return run(context, { map, dialect, plan, options });
}

function run(
  context: DatabaseContext,
  {
    options,
    ...rest
  }: Pick<Parameters<typeof execute>[0], 'map' | 'dialect' | 'plan'> & { options: MigrateOptions },
): Promise<ExecutionResult> {
  return execute({
    ...rest,
    driver: context.driver,
    lock: options.lock ?? DEFAULT_LOCK,
    listener: listenerOf(context),
  });
}
