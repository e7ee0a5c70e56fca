import { Writable } from 'node:stream';
import type { Invocation, TextOutput } from '../invocation.ts';
import type { OutputFlags } from '../render/output.ts';

/** Where questions are asked and answered: not on standard output, which is for results. */
export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** How long a line of a question may be, behind the sign in front of it. Prompts themselves break lines inside words. */
  readonly lineLength: number;
}

/** The sign in front of a question, and of a choice. */
const SIGN = '? ';

/**
 * @returns gives each prompt streams of its own, since a prompt ends those it is given; null where no person is at both
 *   ends, or a program reads the answer.
 */
export function promptStreams(
  { stdin, stderr }: Invocation,
  flags: Pick<OutputFlags, 'json'>,
): (() => PromptStreams) | null {
  if (flags.json || !stderr.isTTY || !stdin().isTTY) return null;
  // A terminal that nobody has told its size says 0.
  const columns = stderr.columns || 80;
  return () => ({
    input: stdin(),
    output: leftOpen(stderr, columns),
    lineLength: columns - SIGN.length,
  });
}

/** A stream whose end leaves the other one open: others have more to say there. */
function leftOpen(target: TextOutput, columns: number): NodeJS.WritableStream {
  const output = new Writable({
    write(chunk, _encoding, done) {
      target.write(String(chunk));
      done();
    },
  });
  return Object.assign(output, { isTTY: true, columns });
}
