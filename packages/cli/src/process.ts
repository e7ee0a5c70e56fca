import { type Invocation, processInvocation, type TextOutput } from './invocation.ts';
import { main } from './main.ts';
import { reportInterrupt } from './render/error.ts';

/** The exit codes a shell gives a program that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** How long cleaning up after a signal may take, in milliseconds. */
const CLEAN_UP_MS = 3000;

/**
 * Runs the command line of this process and leaves its exit code.
 *
 * On Ctrl-C (or SIGTERM) what is open is closed, so that the database rolls back what is not committed, and the process
 * ends with 130 (143). A second signal ends it at once.
 */
export async function runProcess(argv: readonly string[]): Promise<void> {
  let interrupted = false;
  const unlessInterrupted = (stream: NodeJS.WriteStream): TextOutput => ({
    write: (text) => interrupted || stream.write(text),
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
  });
  const process_ = processInvocation();
  const invocation: Invocation = {
    ...process_,
    stdout: unlessInterrupted(process.stdout),
    stderr: unlessInterrupted(process.stderr),
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (interrupted) process.exit(EXIT_CODES[signal]);
      interrupted = true;
      const deadline = new Promise((resolve) => setTimeout(resolve, CLEAN_UP_MS));
      await Promise.race([Promise.allSettled([...invocation.onInterrupt].map((undo) => undo())), deadline]);
      reportInterrupt(argv, process_);
      process.exit(EXIT_CODES[signal]);
    });
  }
  const exitCode = await main(argv, invocation);
  if (!interrupted) process.exitCode = exitCode;
}
