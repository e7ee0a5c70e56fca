import type { ExecutionResult } from '../runtime/executor.ts';
import type { DatabaseContext } from './context.ts';
import { type MigrateOptions, upgrade } from './upgrade.ts';

export interface CreateDatabaseDocument extends ExecutionResult {
  /** Whether there was none before. */
  readonly created: boolean;
}

/** Makes the database where it is missing and brings it to head. Repeatable; writes no script. */
export async function createDatabase(
  context: DatabaseContext,
  options: MigrateOptions = {},
): Promise<CreateDatabaseDocument> {
  const created = await context.driver.create();
  const result = await upgrade(context, 'head', options);
  return { ...result, created };
}
