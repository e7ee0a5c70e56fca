import { Args } from '@oclif/core';

/** The forms of a revision argument, for help texts. */
const FORMS = 'an identifier or its beginning, head, heads, base, current, +N, -N, REV+N, REV-N or LABEL@REV';

/** A revision argument. Never taken from standard input, which may be anything in a script. */
export function revisionArgument(description: string, fallback: string) {
  return Args.string({
    name: 'rev',
    description: `${description}: ${FORMS}.`,
    default: fallback,
    ignoreStdin: true,
  });
}
