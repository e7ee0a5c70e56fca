import { type DatabaseContext, MigratorError, stampMisfits } from '@freshmaker/migrator/engine';
import { operationLine } from '../render/operations.ts';
import type { Workspace } from './database-command.ts';

/** How many differences are listed. */
const SHOWN = 5;

/** Warns when a database that was stamped is not what the scripts make up to there. */
export async function warnOfMisfits(workspace: Workspace & DatabaseContext): Promise<void> {
  const { output } = workspace;
  try {
    const misfits = await stampMisfits(workspace);
    if (misfits.length === 0) return;
    output.warn(
      'The database is not what the scripts make up to the stamped revision. To get there it takes:',
    );
    for (const misfit of misfits.slice(0, SHOWN)) output.warn(`  ${operationLine(misfit)}`);
    if (misfits.length > SHOWN) output.warn(`  and ${misfits.length - SHOWN} more`);
  } catch (error) {
    if (!(error instanceof MigratorError)) throw error;
    output.warn(`Whether the database fits the stamped revision could not be checked: ${error.message}`);
  }
}
