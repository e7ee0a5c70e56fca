import type { Invocation } from '../invocation.ts';
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
  return { input: stdin, output: stderr as NodeJS.WritableStream };
}
