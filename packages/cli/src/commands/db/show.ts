import { show } from '@freshmaker/migrator/engine';
import { revisionEntry } from '../../render/revision.ts';
import { DatabaseCommand } from '../../run/database-command.ts';
import { revisionArgument } from '../../run/revision-argument.ts';

export default class Show extends DatabaseCommand {
  static override summary = 'Show all about a revision.';
  static override args = { rev: revisionArgument('The revision', 'head') };
  static override examples = [
    { description: 'Show the newest revision', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Show the one the database is at',
      command: '<%= config.bin %> <%= command.id %> current',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Show);
    return this.withWorkspace(flags, async (workspace) => {
      const { revisions } = await show(workspace, args.rev);
      const [revision = null] = revisions;
      workspace.output.answer({ revision, revisions }, (style) =>
        revisions.flatMap((each) => revisionEntry(each, style)),
      );
      return 0;
    });
  }
}
