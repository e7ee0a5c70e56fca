import { revision } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { newScriptLines } from '../../render/new-script.ts';
import { autogenerate } from '../../run/autogenerate.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { requireAutogenerate } from '../../run/require-autogenerate.ts';
import { autogenerateFlags, placeFlags, scriptFlags, scriptOptions } from '../../run/script-flags.ts';

export default class Revision extends DatabaseCommand {
  static override summary = 'Write a new revision script.';
  static override flags = {
    ...scriptFlags,
    ...placeFlags,
    autogenerate: Flags.boolean({
      description: 'With what the models have and the database has not: the same as `db migrate`.',
      exclusive: ['with-tables'],
    }),
    'with-tables': Flags.string({
      description: 'Write the types of these tables, as they are at that revision, for a data step.',
      helpValue: 'a,b',
    }),
    ...autogenerateFlags,
  };
  static override examples = [
    {
      description: 'An empty script',
      command: '<%= config.bin %> <%= command.id %> -m "Clean up old builds"',
    },
    {
      description: 'One for data, with the tables it needs',
      command: '<%= config.bin %> <%= command.id %> -m "Fill reasons" --with-tables events,artifact_builds',
    },
    {
      description: 'Start a branch below the head',
      command: '<%= config.bin %> <%= command.id %> -m "Try it" --head b172 --splice --branch-label try',
    },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(Revision);
    if (!flags.autogenerate) requireAutogenerate(flags);
    return this.withWorkspace(flags, async (workspace) => {
      if (flags.autogenerate) {
        await autogenerate(workspace, flags, this.invocation);
        return 0;
      }
      const document = await revision(workspace, {
        ...scriptOptions(flags, this.invocation),
        head: flags.head,
        splice: flags.splice,
        dependsOn: flags['depends-on'],
        withTables: flags['with-tables']?.split(',').map((name) => name.trim()),
        sql: flags.sql ? workspace.driver.dialect : undefined,
      });
      workspace.output.answer(document, () => newScriptLines(document));
      return 0;
    });
  }
}
