import { Command, Config, Flags, type Interfaces } from '@oclif/core';
import { currentInvocation, type Invocation } from '../invocation.ts';
import { Output, type OutputFlags } from '../render/output.ts';
import { refuseSwitchValues } from './switch-values.ts';

/** What every command takes. */
export const outputFlags = {
  json: Flags.boolean({
    description: 'Print one JSON document on standard output.',
    helpGroup: 'GLOBAL',
  }),
  quiet: Flags.boolean({
    char: 'q',
    description: 'Print results and errors only.',
    helpGroup: 'GLOBAL',
  }),
  verbose: Flags.boolean({
    char: 'v',
    description: 'Print more: whole revisions, statements as they run. Twice: stack traces of errors.',
    helpGroup: 'GLOBAL',
  }),
};

/** What all commands share. A command parses, makes one call, and renders the answer. */
export abstract class BaseCommand extends Command {
  static override baseFlags: typeof outputFlags = outputFlags;

  /** When the exit code is 1, for commands that answer a question; the reference of commands prints it. */
  static answersNo: string | null = null;

  readonly invocation: Invocation = currentInvocation();

  /** As oclif does it, but with the configuration it has, which it would load once more. */
  static override async run<T extends Command>(
    this: new (
      argv: string[],
      config: Config,
    ) => T,
    argv: string[] = [],
    options?: Interfaces.LoadOptions,
  ): Promise<ReturnType<T['run']>> {
    if (!(options instanceof Config)) throw new Error('Commands are run by oclif alone.');
    const command: BaseCommand = new this(argv, options) as unknown as BaseCommand;
    return command._run<ReturnType<T['run']>>();
  }

  /** @returns the exit code, 0 when there is none. */
  abstract override run(): Promise<number | undefined>;

  protected override async init(): Promise<void> {
    await super.init();
    const { baseFlags, flags, strict } = this.ctor;
    if (strict) refuseSwitchValues(this.argv, { ...baseFlags, ...flags });
  }

  /** Errors are told in one place, `main`. */
  protected override async catch(error: Error): Promise<never> {
    throw error;
  }

  protected output(flags: OutputFlags): Output {
    return new Output(this.invocation, flags);
  }
}
