import {
  type DatabaseContext,
  type DecisionFlags,
  describeLeftToAuthor,
  migrateDatabase,
  migrateModels,
  parseDecisions,
} from '@freshmaker/migrator/engine';
import { loadModels } from '../configuration/load-models.ts';
import type { Invocation } from '../invocation.ts';
import { databaseScriptLines, newScriptLines } from '../render/new-script.ts';
import type { OutputFlags } from '../render/output.ts';
import { askAtTerminal } from './ask.ts';
import type { Workspace } from './database-command.ts';
import { scriptOptions } from './script-flags.ts';

/** The flags of `db migrate`, which are also those of `db revision --autogenerate`. */
interface AutogenerateFlags extends OutputFlags, Omit<DecisionFlags, 'allowDrop'> {
  readonly 'from-database': boolean;
  readonly 'allow-drop'?: readonly string[] | undefined;
  readonly head?: string | undefined;
  readonly splice: boolean;
  readonly 'depends-on'?: readonly string[] | undefined;
  readonly sql: boolean;
}

/** Writes what the models have and the database has not, or what the database has and the scripts have not, and tells it. */
export async function autogenerate(
  workspace: Workspace & DatabaseContext,
  flags: AutogenerateFlags & Parameters<typeof scriptOptions>[0],
  invocation: Invocation,
): Promise<void> {
  const { output } = workspace;
  const models = await loadModels(workspace.file);
  const options = {
    ...scriptOptions(flags, invocation),
    head: flags.head,
    splice: flags.splice,
    dependsOn: flags['depends-on'],
    decisions: parseDecisions({ ...flags, allowDrop: flags['allow-drop'] }),
    ask: askAtTerminal(invocation, flags),
    sql: flags.sql ? workspace.driver.dialect : undefined,
  };
  if (flags['from-database']) {
    const document = await migrateDatabase(workspace, { ...options, tables: models.tables });
    for (const text of describeLeftToAuthor('database', document.notCompared)) output.warn(text);
    output.answer(document, (style) => databaseScriptLines(document, style));
    return;
  }
  for (const text of describeLeftToAuthor('entities', models.leftToAuthors)) output.warn(text);
  const document = await migrateModels(workspace, models, options);
  output.answer(document, () =>
    newScriptLines(document, 'Nothing to write: the database is what the models say.'),
  );
}
