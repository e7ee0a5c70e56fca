import { Errors } from '@oclif/core';

/** What a command line's flags are, as oclif has them. */
type FlagTypes = Readonly<Record<string, { readonly type: string; readonly char?: string | undefined }>>;

/**
 * Refuses values for flags that have none. oclif would take what stands behind the `=` for an argument: `--json=yes` for
 * `--json yes`.
 *
 * @throws CLIError naming the first one.
 */
export function refuseSwitchValues(argv: readonly string[], flags: FlagTypes): void {
  const isValued = (word: string) =>
    Object.entries(flags).some(
      ([name, { type, char }]) => type === 'option' && (word === `--${name}` || word === `-${char}`),
    );
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === '--') return;
    const [, name = ''] = /^--([^=]+)=/s.exec(word) ?? [];
    if (flags[name]?.type === 'boolean') throw new Errors.CLIError(`Flag --${name} takes no value`);
    // The next word is its value, whatever it looks like.
    if (isValued(word)) at++;
  }
}
