import { Errors } from '@oclif/core';

/** Global flags that take a value. */
const VALUED = new Set(['--database-url', '--config', '--directory', '-d']);
const SWITCHES = new Set(['--json', '--quiet', '-q', '--verbose', '-v', '-vv']);

/** What may be asked for without a command. */
const COMMANDLESS = new Set(['--help', '-h', '--version', '-V']);

/** Words that stand before the name of a command. */
const TOPICS = new Set(['db', 'help']);

/**
 * Puts global flags that stand before the command behind it, where oclif looks for them: people who come from Alembic type
 * `freshmaker -d DIR db current`.
 *
 * @throws CLIError for flags without a command: oclif would print help, and with `--json` that is no document.
 */
export function moveLeadingFlags(argv: readonly string[]): string[] {
  const words: string[] = [];
  const leading: string[] = [];
  let at = 0;
  for (; at < argv.length; at++) {
    const word = argv[at] as string;
    const [name = ''] = word.split('=', 1);
    if (SWITCHES.has(word) || (VALUED.has(name) && name !== word)) leading.push(word);
    else if (VALUED.has(word) && at + 1 < argv.length) leading.push(word, argv[++at] as string);
    else if (TOPICS.has(word)) words.push(word);
    else break;
  }
  const rest = argv.slice(at);
  const [first] = rest;
  if (first === undefined && leading.length > 0) throw new Errors.CLIError('No command is given');
  if (first?.startsWith('-') && !COMMANDLESS.has(first)) {
    throw new Errors.CLIError(`No command is given before ${first}`);
  }
  // Behind all words of the command, before a `--` that may follow.
  const end = rest.indexOf('--');
  const [before, after] = end === -1 ? [rest, []] : [rest.slice(0, end), rest.slice(end)];
  return [...words, ...before, ...leading, ...after];
}
