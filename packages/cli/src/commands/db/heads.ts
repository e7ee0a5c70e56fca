import { heads } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { revisionEntry, revisionLine } from '../../render/revision.ts';
import { DatabaseCommand } from '../../run/database-command.ts';

export default class Heads extends DatabaseCommand {
  static override summary = 'Show the heads of the history.';
  static override flags = {
    'resolve-dependencies': Flags.boolean({
      description: 'Leave out a head that another revision depends on.',
    }),
  };
  static override examples = [
    {
      description: 'Show the newest revision of each branch',
      command: '<%= config.bin %> <%= command.id %>',
    },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(Heads);
    return this.withWorkspace(flags, async ({ scripts, output }) => {
      const document = await heads({ scripts }, { resolveDependencies: flags['resolve-dependencies'] });
      output.answer(document, (style) =>
        document.revisions.flatMap((revision) =>
          flags.verbose ? revisionEntry(revision, style) : [revisionLine(revision, style)],
        ),
      );
      if (document.revisions.length > 1) {
        output.note('There are several heads: join them with `db merge heads`.');
      }
      return 0;
    });
  }
}
