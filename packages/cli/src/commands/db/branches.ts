import { branches } from '@freshmaker/migrator/engine';
import { branchLines } from '../../render/branches.ts';
import { DatabaseCommand } from '../../run/database-command.ts';

export default class Branches extends DatabaseCommand {
  static override summary = 'Show the revisions at which the history branches.';
  static override examples = [
    { description: 'Where do the branches begin?', command: '<%= config.bin %> <%= command.id %>' },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(Branches);
    return this.withWorkspace(flags, async ({ scripts, output }) => {
      const document = await branches({ scripts });
      output.answer(document, (style) => branchLines(document, flags.verbose, style));
      return 0;
    });
  }
}
