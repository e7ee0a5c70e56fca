import { Args, Command, Flags, loadHelpClass } from '@oclif/core';

/** What `--help` behind a command prints; not a BaseCommand, whose flags make no difference to it. */
export default class HelpCommand extends Command {
  static override summary = 'Tell what there is, or all about one command.';
  static override strict = false;
  static override args = { command: Args.string({ description: 'The words of a command.' }) };
  static override flags = {
    'nested-commands': Flags.boolean({ char: 'n', description: 'List the commands of all topics, too.' }),
  };
  static override examples = [
    { description: 'All about an upgrade', command: '<%= config.bin %> <%= command.id %> db upgrade' },
  ];

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(HelpCommand);
    const Help = await loadHelpClass(this.config);
    await new Help(this.config, { all: flags['nested-commands'] }).showHelp(argv as string[]);
  }
}
