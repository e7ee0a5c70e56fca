import type { DatabaseContext, ExecutionResult, MigrateOptions } from '@freshmaker/migrator/engine';
import type { Invocation } from '../invocation.ts';
import { executionLines } from '../render/execution.ts';
import type { Workspace } from './database-command.ts';
import { type MigrateFlags, migrateOptions } from './migrate-flags.ts';

/** What has run, and in a few sentences. */
export interface Execution<Result extends ExecutionResult> {
  readonly result: Result;
  readonly lines: readonly string[];
}

/**
 * Runs revisions as the flags say.
 *
 * @param verb what is said of the revisions that ran.
 */
export async function execute<Result extends ExecutionResult>(
  workspace: Workspace & DatabaseContext,
  flags: MigrateFlags,
  invocation: Invocation,
  verb: 'Applied' | 'Reverted',
  work: (options: MigrateOptions) => Promise<Result>,
): Promise<Execution<Result>> {
  const options = migrateOptions(flags, workspace.file, invocation);
  const result = await work(options);
  // Who waits for the other one has nothing to do in the end, and leaves nothing to it.
  const leftToOthers = options.lock?.mode === 'skip' && workspace.progress.isLeftToOthers;
  return { result, lines: executionLines(result, verb, leftToOthers) };
}
