import { checkModels, checkScripts } from '@freshmaker/migrator/engine';
import { Flags } from '@oclif/core';
import { loadModels } from '../../configuration/load-models.ts';
import { checkLines, scriptsCheckLines } from '../../render/check.ts';
import { DatabaseCommand } from '../../run/database-command.ts';

export default class Check extends DatabaseCommand {
  static override summary = 'Compare the models with the database.';
  static override description = 'Exits with 1 when they differ, and lists the differences. Writes nothing.';
  static override answersNo = 'The models and the database (with `--scripts`, the scripts) differ.';
  static override flags = {
    scripts: Flags.boolean({
      description:
        'Compare the models with the revision scripts instead, for both databases and without any.',
    }),
  };
  static override examples = [
    { description: 'Is the database what the models say?', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Has somebody forgotten to write a revision? (needs no database)',
      command: '<%= config.bin %> <%= command.id %> --scripts',
    },
  ];

  async run(): Promise<number> {
    const { flags } = await this.parse(Check);
    return this.withWorkspace(flags, async (workspace) => {
      const { scripts, output, file } = workspace;
      const models = await loadModels(file);
      if (flags.scripts) {
        const document = await checkScripts({ scripts }, models, ['sqlite', 'postgresql']);
        output.answer(document, (style) => scriptsCheckLines(document, style));
        return document.upToDate ? 0 : 1;
      }
      const document = await checkModels(workspace, models);
      output.answer(document, (style) => checkLines(document, style));
      return document.upToDate ? 0 : 1;
    });
  }
}
