import { history } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { revisionEntry, revisionLine } from '../../render/revision.ts';
import { DatabaseCommand } from '../../run/database-command.ts';

export default class History extends DatabaseCommand {
  static override summary = 'List the revisions, newest first.';
  static override flags = {
    'rev-range': Flags.string({
      char: 'r',
      description: 'Only these: A:B, A: or :B, for example -3:current.',
      helpValue: 'A:B',
    }),
    'indicate-current': Flags.boolean({
      char: 'i',
      description: 'Mark the revisions the database is at.',
    }),
  };
  static override examples = [
    { description: 'List all revisions', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'What an upgrade would apply',
      command: '<%= config.bin %> <%= command.id %> -r current:',
    },
    { description: 'Everything about each one', command: '<%= config.bin %> <%= command.id %> --verbose' },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(History);
    return this.withWorkspace(flags, async (workspace) => {
      const document = await history(workspace, {
        range: flags['rev-range'],
        indicateCurrent: flags['indicate-current'],
      });
      workspace.output.answer(document, () =>
        document.revisions.flatMap((revision) =>
          flags.verbose
            ? revisionEntry(revision)
            : [revisionLine(revision, { parents: true, message: true })],
        ),
      );
      return 0;
    });
  }
}
