import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import type { Invocation } from '../invocation.ts';

/** What commands take that write a script. */
export const scriptFlags = {
  message: Flags.string({ char: 'm', description: "The script's message: what changes.", helpValue: 'TEXT' }),
  'rev-id': Flags.string({ description: 'The identifier, instead of a random one.', helpValue: 'ID' }),
  'branch-label': Flags.string({
    description: 'A name for the branch that begins here (repeatable).',
    helpValue: 'LABEL',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'version-path': Flags.string({
    description: 'The folder of scripts to write to, where there are several.',
    helpValue: 'DIR',
  }),
  'dry-run': Flags.boolean({ description: 'Print the script instead of writing it.' }),
};

/** What decides where in the history a revision goes. */
export const placeFlags = {
  head: Flags.string({ description: 'The revision to build on; default head.', helpValue: 'REV' }),
  splice: Flags.boolean({ description: 'Allow to build on a revision that has children already.' }),
  'depends-on': Flags.string({
    description: 'A revision that must be applied before (repeatable).',
    helpValue: 'REV',
    multiple: true,
    multipleNonGreedy: true,
  }),
  sql: Flags.boolean({
    description: 'Print the SQL of the upgrade instead of writing a script.',
    exclusive: ['dry-run'],
  }),
};

/** What a script is written from, and answers to what is never guessed. */
export const autogenerateFlags = {
  'from-database': Flags.boolean({
    description:
      'Write what the database has and the scripts do not, instead: it begins a history with tables that are there.',
    helpGroup: 'AUTOGENERATE',
  }),
  rename: decision('table.old:new', 'A column or a table (old:new) that was renamed'),
  'allow-drop': decision('table[.column]', 'A table or a column that may go'),
  backfill: decision('table.column=SQL', 'What rows get that hold NULL in a column that becomes NOT NULL'),
  using: decision('table.column=SQL', 'How the values of a column become those of its new type'),
};

function decision(helpValue: string, description: string) {
  return Flags.string({
    description: `${description} (repeatable).`,
    helpValue,
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: 'AUTOGENERATE',
  });
}

interface ScriptFlags {
  readonly message?: string | undefined;
  readonly 'rev-id'?: string | undefined;
  readonly 'branch-label'?: readonly string[] | undefined;
  readonly 'version-path'?: string | undefined;
  readonly 'dry-run': boolean;
}

/** The options of the commands that write a script, as the engine takes them. */
export function scriptOptions(flags: ScriptFlags, { cwd }: Invocation) {
  const typed = flags['version-path'];
  const here = typed === undefined ? undefined : resolve(cwd, typed);
  return {
    message: flags.message,
    revisionId: flags['rev-id'],
    branchLabels: flags['branch-label'] ?? [],
    // As typed it is relative to the migrations directory, where it is not one of the current directory.
    versionPath: here !== undefined && existsSync(here) ? here : typed,
    dryRun: flags['dry-run'],
  };
}
