import {
  type DatabaseContext,
  type DecisionFlags,
  migrateModels,
  type NewScriptDocument,
  parseDecisions,
} from '@freshmaker/migrator/engine';
import { loadModels } from '../configuration/load-models.ts';
import type { Invocation } from '../invocation.ts';
import type { OutputFlags } from '../render/output.ts';
import { askAtTerminal } from './ask.ts';
import type { Workspace } from './database-command.ts';
import { scriptOptions } from './script-flags.ts';

/** The flags of `db migrate`, which are also those of `db revision --autogenerate`. */
interface AutogenerateFlags extends OutputFlags, Omit<DecisionFlags, 'allowDrop'> {
  readonly 'allow-drop'?: readonly string[] | undefined;
  readonly head?: string | undefined;
  readonly splice: boolean;
  readonly 'depends-on'?: readonly string[] | undefined;
  readonly sql: boolean;
}

/** Writes what the models have and the database has not. */
export async function autogenerate(
  workspace: Workspace & DatabaseContext,
  flags: AutogenerateFlags & Parameters<typeof scriptOptions>[0],
  invocation: Invocation,
): Promise<NewScriptDocument> {
  const models = await loadModels(workspace.file);
  for (const { table, what } of models.leftToAuthors) {
    workspace.output.warn(`No operation makes what the entities say of ${table} (${what}): use op.execute.`);
  }
  return migrateModels(workspace, models, {
    ...scriptOptions(flags, invocation),
    head: flags.head,
    splice: flags.splice,
    dependsOn: flags['depends-on'],
    decisions: parseDecisions({ ...flags, allowDrop: flags['allow-drop'] }),
    ask: askAtTerminal(invocation, flags),
    sql: flags.sql ? workspace.driver.dialect : undefined,
  });
}
