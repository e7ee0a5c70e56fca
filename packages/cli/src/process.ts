import { secretsOf } from './configuration/secrets.ts';
import { type Invocation, processInvocation } from './invocation.ts';
import { main } from './main.ts';
import { mutable } from './mutable-stream.ts';
import { scrub } from './render/scrub.ts';
import { watchUncaught } from './uncaught.ts';

/** The exit codes a shell gives a program that a signal ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** How long a run may take to end after a signal, in milliseconds. */
const LAST_WORDS_MS = 5000;

/**
 * Runs the command line of this process and leaves its exit code.
 *
 * On Ctrl-C (or SIGTERM) the run is asked to end: it rolls back what is not finished and closes what is open, and the
 * process ends with 130 (143). A run that does not come to its end, and a second signal, end with the process: the
 * database rolls back what was not committed then, too.
 */
export async function runProcess(argv: readonly string[]): Promise<void> {
  // What others read who wait for this process; without it the list of processes shows a password among the arguments.
  process.title = 'freshmaker';
  const controller = new AbortController();
  const own = processInvocation();
  if (own.env.DEBUG) scrubStandardError(argv, own);
  const output = watchUncaught(argv, own);
  const [stdout, stderr] = [mutable(process.stdout), mutable(process.stderr)];
  let exitCode: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (exitCode !== null) process.exit(exitCode);
      exitCode = EXIT_CODES[signal];
      controller.abort(new Error(signal));
      setTimeout(async () => {
        stdout.mute();
        stderr.mute();
        const { reportInterrupt } = await import('./render/error.ts');
        reportInterrupt(argv, own);
        process.exit(EXIT_CODES[signal]);
      }, LAST_WORDS_MS).unref();
    });
  }
  const code = await main(argv, {
    ...own,
    stdout: stdout.stream,
    stderr: stderr.stream,
    signal: controller.signal,
  });
  process.exitCode = exitCode ?? (output.failed ? 2 : code);
}

/** What libraries print when they are debugged goes straight to standard error, arguments and all. */
function scrubStandardError(argv: readonly string[], own: Invocation): void {
  const { stderr } = process;
  const write = stderr.write.bind(stderr) as (...given: unknown[]) => boolean;
  const secrets = secretsOf(argv, own);
  stderr.write = (chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === 'string' ? scrub(chunk, secrets) : chunk, ...rest);
}
