import { assertAtHead } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { clearTables } from '../run/clear-tables.ts';
import { confirm } from '../run/confirm.ts';
import { DatabaseCommand } from '../run/database-command.ts';

export default class ClearDatabase extends DatabaseCommand {
  static override summary = 'Delete all events, builds and composes, and what links them; users are kept.';
  static override answersNo = 'The question was declined; nothing was deleted.';
  static override flags = {
    yes: Flags.boolean({ char: 'y', description: 'Do not ask first.' }),
  };
  static override examples = [
    { description: 'Empty the database, after a question', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'In a script', command: '<%= config.bin %> <%= command.id %> --yes' },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(ClearDatabase);
    return this.withWorkspace(flags, async (workspace) => {
      const { driver, file, output } = workspace;
      await assertAtHead(workspace);
      const question = `Delete all events, builds and composes of the ${driver.description}?`;
      const cleared = flags.yes || (await confirm(question, this.invocation, flags));
      if (cleared) await clearTables(driver, file);
      output.answer({ cleared }, () => [
        cleared ? `Emptied the ${driver.description}.` : 'Nothing was deleted.',
      ]);
      return cleared ? 0 : 1;
    });
  }
}
