import type { Invocation } from './invocation.ts';

const EXIT_ERROR = 2;

/** What has come of writing to standard output. */
export interface OutputState {
  readonly failed: boolean;
}

/**
 * Sees to it that an error nobody catches ends the process as other errors do, and that an output which cannot be written
 * (the disk is full, the reader is gone) does not end what is being done to a database: only the exit code tells then.
 */
export function watchUncaught(argv: readonly string[], invocation: Invocation): OutputState {
  const state = { failed: false };
  // oclif throws what its listener hears, except where the reader is gone; this one hears it first.
  const unwritten = new WeakSet<Error>();
  process.stdout.prependListener('error', (error) => unwritten.add(error));
  // There is nobody left to tell.
  process.stderr.on('error', () => undefined);
  let ending = false;
  process.on('uncaughtException', async (error) => {
    if (unwritten.has(error)) {
      if (!state.failed) process.stderr.write(`Error [OUTPUT_FAILED]: ${unwrittenText(error)}\n`);
      state.failed = true;
      // The run may have ended before the stream told.
      if (Number(process.exitCode ?? 0) < EXIT_ERROR) process.exitCode = EXIT_ERROR;
      return;
    }
    if (ending) process.exit(EXIT_ERROR);
    ending = true;
    const { reportError } = await import('./render/error.ts');
    process.exit(reportError(error, argv, invocation));
  });
  return state;
}

function unwrittenText({ message }: Error): string {
  return `Standard output cannot be written: ${message}.\nHint: What the command did is done; only its answer is lost.`;
}
