import { ConfigurationError, RevisionError } from '../errors.ts';

/** A revision argument, taken apart: `BRANCH@SYMBOL±STEPS`, every part optional but not all at once. */
export interface TargetExpression {
  /** What was typed. */
  readonly text: string;
  /** The label, identifier or prefix before `@`. */
  readonly branch: string | null;
  /** A symbolic name, an identifier, a label or a prefix; null when only steps are given. */
  readonly symbol: string | null;
  /** Steps up (positive) or down (negative); null when none are given. */
  readonly steps: number | null;
}

/** The two ends of `A:B`; null stands for an end that was left out. */
export interface RangeExpression {
  readonly lower: string | null;
  readonly upper: string | null;
}

/** A symbol or nothing, then signed steps. */
const relativeTarget = /^(.*?)([+-]\d+)$/s;

/**
 * Takes a revision argument apart.
 *
 * @param text what was typed
 * @param isIdentifier whether a text is, or begins, an existing identifier or label; those may end like steps
 *   do (`fix-2`), and then are read as they stand
 * @throws ConfigurationError USAGE_INVALID for an empty or malformed text, and for a range
 */
export function parseTarget(text: string, isIdentifier: (name: string) => boolean): TargetExpression {
  if (text === '') throw malformed(text, 'is empty');
  if (/\s/.test(text)) throw malformed(text, 'contains a blank');
  if (isUrl(text)) throw urlForRevision();
  if (text.includes(':')) {
    throw new ConfigurationError('USAGE_INVALID', `A range is not allowed here: '${text}'.`, {
      hint: 'Name one revision; ranges are for `db history` and for --sql.',
      facts: { argument: text },
    });
  }
  const at = text.indexOf('@');
  const branch = at < 0 ? null : text.slice(0, at);
  const place = text.slice(at + 1);
  if (branch === '') throw malformed(text, "has nothing before '@'");
  if (place === '') throw malformed(text, "has nothing after '@'");
  if (place.includes('@')) throw malformed(text, "has more than one '@'");

  const [, symbol = place, steps = null] = (isIdentifier(place) ? null : relativeTarget.exec(place)) ?? [];
  if (symbol.includes('+')) throw malformed(text, "has a '+' that no number follows");
  return {
    text,
    branch,
    symbol: symbol === '' ? null : symbol,
    steps: steps === null ? null : Number(steps),
  };
}

/**
 * Takes a range apart.
 *
 * @throws RevisionError INVALID_RANGE when there is not exactly one `:`; ConfigurationError USAGE_INVALID for a URL
 */
export function parseRange(text: string): RangeExpression {
  if (isUrl(text)) throw urlForRevision();
  const [lower, upper, ...more] = text.split(':');
  if (lower === undefined || upper === undefined || more.length > 0) {
    throw new RevisionError('INVALID_RANGE', `'${text}' is not a range of revisions.`, {
      hint: 'Type [start]:[end], [start]: or :[end], for example base:head.',
      facts: { range: text },
    });
  }
  return { lower: lower === '' ? null : lower, upper: upper === '' ? null : upper };
}

function isUrl(text: string): boolean {
  return /^[a-z][\w+.-]*:\/\//i.test(text);
}

/** The URL is not repeated: it may hold a password. */
function urlForRevision(): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', 'A URL stands where a revision is expected.', {
    hint: 'Name the database with --database-url URL.',
  });
}

function malformed(text: string, what: string): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', `The revision '${text}' ${what}.`, {
    hint: 'Type an identifier or its beginning, head, heads, base, current, +N, -N, REV+N, REV-N or LABEL@REV.',
    facts: { argument: text },
  });
}
