import { history } from '@freshmaker/migrator/engine';
import type { Command } from '@oclif/core';
import { type CompletedCommand, candidates } from '../completion/candidates.ts';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { scriptLocations } from '../configuration/script-locations.ts';
import { BaseCommand } from '../run/base-command.ts';

/** Places every history has. */
const PLACES = ['head', 'heads', 'base', 'current', '+1', '-1'];

export default class Complete extends BaseCommand {
  static override summary = 'What may stand at the end of a command line; for the scripts of `completion`.';
  static override hidden = true;
  static override strict = false;

  async run(): Promise<number> {
    const { argv } = await this.parse(Complete);
    const words = argv as string[];
    const commands = this.config.commands.filter((command) => !command.hidden).map(described);
    const found = await candidates(words, { commands, revisions: () => this.#revisions(words) });
    for (const each of found) this.invocation.stdout.write(`${each}\n`);
    return 0;
  }

  async #revisions(words: readonly string[]): Promise<readonly string[]> {
    try {
      const file = await readConfiguration(valueAfter(words, '--config'), this.invocation);
      const directory = valueAfter(words, '--directory') ?? valueAfter(words, '-d');
      const scripts = await scriptLocations(directory, file, this.invocation);
      const { revisions } = await history({ scripts });
      return [...PLACES, ...revisions.flatMap((each) => [each.revision, ...each.branchLabels])];
    } catch {
      // Half a command line may be wrong in any way; the command itself will say how.
      return PLACES;
    }
  }
}

function valueAfter(words: readonly string[], flag: string): string | undefined {
  const at = words.indexOf(flag);
  return at === -1 ? undefined : words[at + 1];
}

function described({ id, flags, args }: Command.Loadable): CompletedCommand {
  return {
    name: id.replaceAll(':', ' '),
    takesRevisions: 'rev' in args,
    flags: Object.values(flags).map((flag) => ({
      name: flag.name,
      char: flag.char,
      takesValue: flag.type === 'option',
      options: flag.type === 'option' ? (flag.options ?? []) : [],
    })),
  };
}
