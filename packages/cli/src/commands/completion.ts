import { Args } from '@oclif/core';
import { completionScript, SHELLS, type Shell } from '../completion/shells.ts';
import { BaseCommand } from '../run/base-command.ts';

export default class Completion extends BaseCommand {
  static override summary = 'Print what makes a shell complete commands, flags, revisions and labels.';
  static override args = {
    shell: Args.string({
      description: 'The shell.',
      options: [...SHELLS],
      required: true,
      ignoreStdin: true,
    }),
  };
  static override examples = [
    { description: 'bash, in ~/.bashrc', command: 'eval "$(<%= config.bin %> <%= command.id %> bash)"' },
    { description: 'zsh, in ~/.zshrc', command: 'eval "$(<%= config.bin %> <%= command.id %> zsh)"' },
    {
      description: 'fish, in ~/.config/fish/config.fish',
      command: '<%= config.bin %> <%= command.id %> fish | source',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Completion);
    const script = completionScript(args.shell as Shell);
    this.output(flags).answer({ script }, () => [script.trimEnd()]);
    return 0;
  }
}
