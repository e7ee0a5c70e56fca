import { ConfigurationError } from '@freshmaker/migrator/engine';
import type { Invocation } from '../invocation.ts';
import type { OutputFlags } from '../render/output.ts';
import { wrapWords } from '../render/wrap-words.ts';
import { promptStreams } from './prompt-streams.ts';

/**
 * Asks a question whose answer may destroy something.
 *
 * @throws ConfigurationError `USAGE_INVALID` where nobody is there to answer.
 */
export async function confirm(message: string, invocation: Invocation, flags: OutputFlags): Promise<boolean> {
  const streams = promptStreams(invocation, flags);
  if (streams === null) {
    throw new ConfigurationError('USAGE_INVALID', 'This command asks first, and nobody is there to answer.', {
      hint: 'Add --yes to go on without the question.',
    });
  }
  const { default: ask } = await import('@inquirer/confirm');
  const terminal = streams();
  // What the prompt adds is to stand on a line as a whole, too.
  const added = '(y/N)';
  const shown = wrapWords(`${message} ${added}`, terminal.lineLength)
    .slice(0, -added.length)
    .replace(/ $/, '');
  return ask({ message: shown, default: false }, terminal);
}
