import { checkScripts, type OperationDescription } from '@freshmaker/migrator/engine';
import { loadModels } from '../configuration/load-models.ts';
import type { Workspace } from './database-command.ts';

/** What the models have and no script makes yet. */
export async function modelsAhead({
  file,
  scripts,
  driver,
}: Workspace): Promise<readonly OperationDescription[]> {
  const { operations } = await checkScripts({ scripts }, await loadModels(file), [driver.dialect]);
  return operations;
}
