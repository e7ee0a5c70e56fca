import { Errors, run } from '@oclif/core';
import { type Invocation, processInvocation, withInvocation } from './invocation.ts';
import { loadOptions } from './oclif-options.ts';
import { moveLeadingFlags } from './run/leading-flags.ts';
import { shareModules } from './shared-modules.ts';

/**
 * Runs one command line.
 *
 * @param argv the arguments, without Node and the script.
 * @param given what differs from the process: tests bring their own environment, directory and streams.
 * @returns the exit code: 0 done or yes, 1 the answer is no, 2 an error.
 */
export async function main(argv: readonly string[], given: Partial<Invocation> = {}): Promise<number> {
  shareModules();
  const invocation = { ...processInvocation(), ...given };
  return withInvocation(invocation, async () => {
    try {
      const answer: unknown = await run(moveLeadingFlags(argv), await loadOptions());
      return typeof answer === 'number' ? answer : 0;
    } catch (error) {
      if (error instanceof Errors.ExitError) return error.oclif.exit ?? 0;
      // Loaded when it is needed: it brings the engine along, which help and version do without.
      const { reportError } = await import('./render/error.ts');
      return reportError(error, argv, invocation);
    }
  });
}
