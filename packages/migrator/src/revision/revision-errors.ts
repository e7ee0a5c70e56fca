import { ConfigurationError, DatabaseStateError, RevisionError } from '../errors.ts';
import { symbolicNames } from './identifier.ts';
import { nearMisses } from './near-misses.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

/** No revision, label or branch of that name. */
export function notFound(map: RevisionMap, name: string, what: 'revision' | 'branch'): RevisionError {
  const didYouMean = nearMisses(name, [...symbolicNames, ...map.labels.keys(), ...map.nodes.keys()]);
  return new RevisionError('REVISION_NOT_FOUND', `No such ${what}: '${name}'.`, {
    hint:
      didYouMean.length > 0
        ? `Did you mean ${didYouMean.join(' or ')}?`
        : 'Type `db history` to see all revisions.',
    facts: { revision: name, didYouMean },
  });
}

/** A revision that exists, but not on the branch that was asked for. */
export function notOnBranch(map: RevisionMap, id: string, branch: string): RevisionError {
  const { branchLabels } = nodeOf(map, id);
  return new RevisionError('REVISION_NOT_FOUND', `Revision ${id} is not a member of branch '${branch}'.`, {
    hint: `Type ${id} without the branch${branchLabels.length > 0 ? `, or ${branchLabels[0]}@${id}` : ''}.`,
    facts: { revision: id, branch, didYouMean: [] },
  });
}

/** A prefix of several identifiers. */
export function ambiguousPrefix(prefix: string, candidates: readonly string[]): RevisionError {
  const shown = candidates.slice(0, 5).join(', ');
  return new RevisionError(
    'REVISION_AMBIGUOUS',
    `${candidates.length} revisions begin with '${prefix}': ${shown}${candidates.length > 5 ? ', …' : ''}.`,
    { hint: `Type more of the identifier, for example ${candidates[0]}.`, facts: { prefix, candidates } },
  );
}

/**
 * One revision was needed, several heads are there.
 *
 * @param hint what to type where "name one of them" is not it
 */
export function multipleHeads(
  map: RevisionMap,
  argument: string,
  heads: readonly string[],
  hint: string | null = null,
): RevisionError {
  const branch = heads.map((id) => nodeOf(map, id).branchLabels[0]).find((label) => label !== undefined);
  const example = branch === undefined || argument.includes('@') ? heads[0] : `${branch}@head`;
  return new RevisionError(
    'MULTIPLE_HEADS',
    `Several heads are present for '${argument}': ${heads.join(', ')}.`,
    {
      hint: hint ?? `Name one of them (${example}), or heads for all, or join them with \`db merge heads\`.`,
      facts: { argument, heads },
    },
  );
}

/**
 * A walk came to a revision (null: to the base) from which several ways lead on.
 *
 * @param at where the walk became ambiguous
 * @param candidates the ways on
 */
export function ambiguousStep(
  target: string,
  at: string | null,
  direction: 'up' | 'down',
  candidates: readonly string[],
): RevisionError {
  const ways = direction === 'up' ? 'children' : 'parents';
  const place = at === null ? 'The base' : `Revision ${at}`;
  return new RevisionError(
    'AMBIGUOUS_WALK',
    `'${target}' is ambiguous: ${place} has several ${ways}: ${candidates.join(', ')}.`,
    {
      hint: `Name the revision, for example ${candidates[0]}.`,
      facts: { target, at: at ?? 'base', direction, candidates },
    },
  );
}

/** A walk from where the database is, while it is in several places. */
export function ambiguousStart(target: string, heads: readonly string[]): RevisionError {
  const steps = /[+-]\d+$/.exec(target)?.[0] ?? '';
  return new RevisionError(
    'AMBIGUOUS_WALK',
    `'${target}' is ambiguous: the database is at several revisions: ${heads.join(', ')}.`,
    {
      hint: `Say from which one, for example ${heads[0]}${steps}, or with a branch label LABEL@${steps}.`,
      facts: { target, at: heads, direction: steps.startsWith('+') ? 'up' : 'down', candidates: heads },
    },
  );
}

/**
 * A walk that leaves the history.
 *
 * @param reached where it ended (null: at the base)
 * @param possible how many of the steps could be made
 */
export function outOfRange(target: string, reached: string | null, possible: number): RevisionError {
  const end = reached ?? 'base';
  const steps = possible === 1 ? '1 step leads' : `${possible} steps lead`;
  return new RevisionError(
    'RELATIVE_OUT_OF_RANGE',
    possible === 0
      ? `'${target}' goes beyond the history: no step leads on from ${end}.`
      : `'${target}' goes beyond the history: ${steps} to ${end}, and none further.`,
    {
      hint:
        possible === 0
          ? `The history ends at ${end}; \`db history\` shows all of it.`
          : `Type ${end}, or at most ${possible === 1 ? '1 step' : `${possible} steps`}.`,
      facts: { target, reached: end, possible },
    },
  );
}

/** Steps down from a database that nothing (of a branch) has been applied to. */
export function atBase(target: string, branch: string | null): RevisionError {
  const place =
    branch === null ? 'The database is at the base already' : `Nothing of branch '${branch}' is applied`;
  return new RevisionError('RELATIVE_OUT_OF_RANGE', `${place}: '${target}' leads nowhere.`, {
    hint: '`db history` shows all revisions, `db upgrade` applies them.',
    facts: { target, reached: 'base', possible: 0 },
  });
}

/** Steps that lead the other way than the command. */
export function wrongDirection(target: string, command: 'upgrade' | 'downgrade'): RevisionError {
  const other = command === 'upgrade' ? 'downgrade' : 'upgrade';
  return new RevisionError(
    'RELATIVE_OUT_OF_RANGE',
    `'${target}' is no step ${command === 'upgrade' ? 'up' : 'down'}.`,
    {
      hint: `Type \`db ${command} ${command === 'upgrade' ? '+1' : '-1'}\`; the other direction is \`db ${other}\`.`,
      facts: { target, possible: 0 },
    },
  );
}

/** A downgrade target that is not below what is applied. */
export function notADowngradeTarget(target: string, current: readonly string[]): RevisionError {
  const place = current.length === 0 ? 'base' : current.join(', ');
  return new RevisionError(
    'NOT_A_DOWNGRADE_TARGET',
    `'${target}' is not below the revision the database is at (${place}).`,
    {
      hint: 'Type `db history -i` to see what is applied; `db upgrade` goes up.',
      facts: { target, current },
    },
  );
}

/** A range whose two ends both count steps from something. */
export function stepsWithoutOrigin(range: string): RevisionError {
  return new RevisionError('INVALID_RANGE', `Range ${range} has nothing to count its steps from.`, {
    hint: 'Type -N:REV for the last N revisions below one, REV:+N for the next N, or current-N:current+N.',
    facts: { range },
  });
}

/** Two ends that are not on one line. */
export function notAncestor(
  range: string,
  lower: readonly string[],
  upper: readonly string[],
): RevisionError {
  return new RevisionError(
    'INVALID_RANGE',
    `Range ${range} does not lead from a revision up to its descendant.`,
    {
      hint: 'Put the older revision before the colon, and name two revisions of one branch.',
      facts: { range, lower, upper },
    },
  );
}

/** A target that depends on a database where none is at hand. */
export function needsDatabase(target: string): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', `'${target}' depends on a database, and none is at hand.`, {
    hint: 'Name the revision itself.',
    facts: { argument: target },
  });
}

/** Version rows that no script knows. */
export function unknownDatabaseRevision(map: RevisionMap, unknown: readonly string[]): DatabaseStateError {
  const [first = ''] = unknown;
  return new DatabaseStateError(
    'UNKNOWN_DATABASE_REVISION',
    `The database is at revision ${unknown.join(', ')}, which no script has.`,
    {
      hint: 'Check out the scripts that made this database; if its schema is known, type `db stamp --purge REV`.',
      facts: { revision: first, revisions: unknown, didYouMean: nearMisses(first, map.nodes.keys()) },
    },
  );
}

/** A version row beside that of its own ancestor. */
export function overlappingRows(current: readonly string[], implied: readonly string[]): DatabaseStateError {
  const kept = current.filter((id) => !implied.includes(id));
  return new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The version table holds ${implied.join(', ')} beside a revision that includes it (${kept.join(', ')}).`,
    {
      hint: `If the schema is that of ${kept.join(', ')}, type \`db stamp --purge ${kept.length === 1 ? kept[0] : 'REV'}\`.`,
      facts: { current, implied },
    },
  );
}

/** A version row that is there more than once. */
export function repeatedRows(current: readonly string[]): DatabaseStateError {
  const repeated = [...new Set(current.filter((id, index) => current.indexOf(id) < index))];
  return new DatabaseStateError(
    'VERSION_TABLE_INVALID',
    `The version table holds ${repeated.join(', ')} more than once.`,
    {
      hint: `If the schema is that of ${repeated.join(', ')}, type \`db stamp --purge ${repeated.length === 1 ? repeated[0] : 'REV'}\`.`,
      facts: { current, repeated },
    },
  );
}
