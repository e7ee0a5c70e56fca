import { Writable } from 'node:stream';
import type { Invocation, TextOutput } from '../invocation.ts';
import type { OutputFlags } from '../render/output.ts';

/** Where questions are asked and answered: not on standard output, which is for results. */
export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** @returns null where no person is at both ends, or a program reads the answer. */
export function promptStreams(
  { stdin, stderr }: Invocation,
  flags: Pick<OutputFlags, 'json'>,
): PromptStreams | null {
  if (flags.json || !stdin.isTTY || !stderr.isTTY) return null;
  return { input: stdin, output: leftOpen(stderr) };
}

/** A prompt ends the stream it is given; others have more to say on this one. */
function leftOpen(target: TextOutput): NodeJS.WritableStream {
  const output = new Writable({
    write(chunk, _encoding, done) {
      target.write(String(chunk));
      done();
    },
  });
  return Object.assign(output, { isTTY: true, columns: target.columns ?? 80 });
}
