// A process of its own that runs a history's scripts for tests: on Node's module loader, as in production, whatever runs
// the tests. It is told what to check by messages, one at a time, and ends when it is disconnected.

import type { Answer, CheckSubject, Question } from './check.ts';
import { checkSubject } from './check-subject.ts';

const subject = checkSubject(JSON.parse(process.argv[2] as string) as CheckSubject);

let checking = false;

process.on('message', async ({ number, check }: Question) => {
  checking = true;
  const answer: Answer = { number, finding: await findingOf(() => subject.run(check)) };
  checking = false;
  process.send?.(answer);
});
process.on('disconnect', () => {
  // The run was ended in the middle: nobody waits for the answer, and what is in use cannot be closed.
  if (checking) process.exit(1);
  void subject.close();
});

async function findingOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    const { name, message, stack, hint } = error as Error & { hint?: string };
    if (name === 'MigrationTestFailure') return message;
    // Anything else is not what was looked for, and needs its place.
    return [stack ?? message, ...(hint && !stack?.includes(hint) ? [hint] : [])].join('\n');
  }
}
