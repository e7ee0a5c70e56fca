import { resolve } from 'node:path';
import { initDirectory } from '@freshmaker/migrator/engine';
import { Args } from '@oclif/core';
import { writeConfiguration } from '../../configuration/write-configuration.ts';
import { programName } from '../../render/program-name.ts';
import { shellWord } from '../../render/shell-word.ts';
import { DatabaseCommand } from '../../run/database-command.ts';

export default class Init extends DatabaseCommand {
  static override summary = 'Start a migrations directory for a MikroORM project.';
  static override args = {
    directory: Args.string({
      description: 'The directory to make; default what --directory says, else migrations.',
      ignoreStdin: true,
    }),
  };
  static override examples = [
    { description: 'Start one in the current directory', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Elsewhere', command: '<%= config.bin %> <%= command.id %> database/migrations' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Init);
    const { cwd } = this.invocation;
    const { directory, created } = initDirectory(
      resolve(cwd, args.directory ?? flags.directory ?? 'migrations'),
      programName(this.invocation),
    );
    const configuration = writeConfiguration(cwd, directory);
    const document = {
      directory,
      created: [...created, ...(configuration.written ? [configuration.path] : [])],
    };
    const file = shellWord(configuration.path);
    this.output(flags).answer(document, ({ advice }) => [
      ...document.created.map((path) => `Wrote ${shellWord(path)}`),
      configuration.written
        ? advice(
            `Say in ${file} where the database is and which entities there are, then type \`db migrate\`.`,
          )
        : `${file} is there already: set its key directory to ${JSON.stringify(configuration.directory)}.`,
    ]);
    return 0;
  }
}
