import { checkScript, scriptToEdit } from '@freshmaker/migrator/engine';
import { DatabaseCommand } from '../../run/database-command.ts';
import { openEditor } from '../../run/editor.ts';
import { revisionArgument } from '../../run/revision-argument.ts';

export default class Edit extends DatabaseCommand {
  static override summary = 'Open a revision script in $VISUAL or $EDITOR, and check it afterwards.';
  static override args = { rev: revisionArgument('The revision', 'current') };
  static override examples = [
    { description: 'Edit the newest script', command: '<%= config.bin %> <%= command.id %> head' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Edit);
    return this.withWorkspace(flags, async (workspace) => {
      const { path } = await scriptToEdit(workspace, args.rev);
      await openEditor(path, this.invocation);
      const revision = await checkScript(workspace, path);
      workspace.output.answer({ revision, path }, () => [`${path} is in order.`]);
      return 0;
    });
  }
}
