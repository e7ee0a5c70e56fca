import { type ErrorCode, RevisionError } from '../errors.ts';
import { branchLabelFault, revisionIdFault } from './identifier.ts';
import { type LinkedRevisions, linkRevisions, unique } from './links.ts';
import { nearMisses } from './near-misses.ts';
import type { Revision } from './revision.ts';
import { findCycles } from './strongly-connected.ts';
import { isTopological, topologicalOrder } from './topological-order.ts';

/** One thing wrong with a history: plain data, printed as a fact of the error. */
export interface HistoryProblem {
  readonly code: ErrorCode;
  readonly message: string;
  /** The revisions it is about; of a cycle, all its members. */
  readonly revisions: readonly string[];
  /** The files to look into. */
  readonly paths: readonly string[];
  /** The missing identifier, or the label concerned. */
  readonly name?: string;
  readonly didYouMean?: readonly string[];
}

/** Worst first: a duplicate makes every other finding doubtful. */
const severity: readonly ErrorCode[] = [
  'SCRIPT_LOAD_FAILED',
  'SCRIPT_INVALID',
  'REVISION_DUPLICATE',
  'REVISION_CYCLE',
  'REVISION_NOT_FOUND',
];

/** Suggestions compare with every identifier, so only the first missing ones get some. */
const suggestionLimit = 10;

/**
 * All that is wrong with a history: unusable identifiers and labels, identifiers and labels used twice,
 * parents and dependencies that do not exist, cycles (through parents or dependencies).
 *
 * A dependency on an ancestor is allowed and changes nothing, as in Alembic; one on a descendant is a cycle.
 *
 * @param linked the same revisions, where they are linked already
 * @param order as `topologicalOrder` gives it, where that is known
 */
export function findHistoryProblems(
  revisions: readonly Revision[],
  linked: LinkedRevisions = linkRevisions(revisions),
  order: readonly string[] = topologicalOrder(linked.links),
): readonly HistoryProblem[] {
  return [
    ...unusableNames(revisions),
    ...duplicateRevisions(revisions),
    ...conflictingLabels(revisions, linked),
    ...(isTopological(linked.links, order) ? [] : cycles(linked)),
    ...missingRevisions(revisions, linked),
  ].toSorted((a, b) => severity.indexOf(a.code) - severity.indexOf(b.code));
}

/**
 * One error for all problems of a history. Its code is that of the first, its fact `problems` lists all.
 *
 * @param problems at least one; other floors may put theirs (unreadable scripts) before those found here
 */
export function historyError(problems: readonly HistoryProblem[]): RevisionError {
  const [first] = problems;
  if (first === undefined) throw new TypeError('A history error needs a problem');
  const message =
    problems.length === 1
      ? first.message
      : `The history has ${problems.length} problems:\n${problems.map((each) => `- ${each.message}`).join('\n')}`;
  return new RevisionError(first.code, message, { hint: historyHint(first), facts: { problems } });
}

function historyHint({ code, didYouMean = [] }: HistoryProblem): string {
  switch (code) {
    case 'REVISION_DUPLICATE':
      return 'Give each script its own revision identifier and its own branch labels, or delete the copy.';
    case 'REVISION_CYCLE':
      return 'Change downRevision or dependsOn of one of these scripts so that the chain begins at a base.';
    case 'REVISION_NOT_FOUND':
      return didYouMean.length > 0
        ? `Correct the reference; did you mean ${didYouMean.join(' or ')}?`
        : 'Restore the missing script, or correct the downRevision or dependsOn that names it.';
    default:
      return 'Correct the script, then run the command again.';
  }
}

function unusableNames(revisions: readonly Revision[]): readonly HistoryProblem[] {
  return revisions.flatMap(({ revision, branchLabels, path }) => {
    const fault = revisionIdFault(revision);
    const problems: HistoryProblem[] = [];
    const found = (name: string, message: string) =>
      problems.push({ code: 'SCRIPT_INVALID', message, revisions: [revision], paths: [path], name });
    if (fault !== null)
      found(revision, `Revision identifier '${revision}' cannot be used: ${fault} (${path}).`);
    for (const label of branchLabels) {
      const labelFault = branchLabelFault(label);
      if (labelFault === null) continue;
      found(
        label,
        `Branch label '${label}' of revision ${revision} cannot be used: ${labelFault} (${path}).`,
      );
    }
    return problems;
  });
}

function duplicateRevisions(revisions: readonly Revision[]): readonly HistoryProblem[] {
  return repeated(revisions, ({ revision }) => [revision]).map(([id, users]) => {
    const paths = users.map(({ path }) => path);
    return {
      code: 'REVISION_DUPLICATE',
      message: `Revision ${id} is present more than once: ${paths.join(', ')}.`,
      revisions: [id],
      paths,
    };
  });
}

function conflictingLabels(
  revisions: readonly Revision[],
  { links }: LinkedRevisions,
): readonly HistoryProblem[] {
  const twice = repeated(revisions, ({ branchLabels }) => [...new Set(branchLabels)]).map(
    ([label, users]): HistoryProblem => {
      const owners = users.map(({ revision, path }) => `${revision} (${path})`);
      return {
        code: 'REVISION_DUPLICATE',
        message: `Branch label '${label}' is declared by more than one revision: ${owners.join(', ')}.`,
        revisions: users.map(({ revision }) => revision),
        paths: users.map(({ path }) => path),
        name: label,
      };
    },
  );
  const likeRevisions = revisions.flatMap(({ revision, branchLabels, path }) =>
    branchLabels.flatMap((label): HistoryProblem[] => {
      const other = links.get(label)?.revision;
      if (other === undefined) return [];
      return [
        {
          code: 'REVISION_DUPLICATE',
          message: `Branch label '${label}' of revision ${revision} (${path}) is the identifier of a revision (${other.path}).`,
          revisions: [revision, other.revision],
          paths: [path, other.path],
          name: label,
        },
      ];
    }),
  );
  return [...twice, ...likeRevisions];
}

function cycles({ links }: LinkedRevisions): readonly HistoryProblem[] {
  const found = findCycles(links.keys(), (id) => links.get(id)?.allDownRevisions ?? []);
  const throughParents = new Set(findCycles(links.keys(), (id) => links.get(id)?.downRevisions ?? []).flat());
  return found.map((members) => {
    const paths = members.map((id) => links.get(id)?.revision.path ?? '');
    const dependency = !members.some((id) => throughParents.has(id));
    const ring = members.map((id, at) => `${id} (${paths[at]})`).join(' -> ');
    const message =
      members.length === 1
        ? `Revision ${ring} ${dependency ? 'depends on itself' : 'is its own parent'}.`
        : `${dependency ? 'Dependencies' : 'Parents'} of these revisions form a cycle: ${ring} -> ${members[0]}.`;
    return { code: 'REVISION_CYCLE', message, revisions: members, paths };
  });
}

function missingRevisions(
  revisions: readonly Revision[],
  { links, labels }: LinkedRevisions,
): readonly HistoryProblem[] {
  const problems: HistoryProblem[] = [];
  const missing = (owner: Revision, name: string, role: string) => {
    const isSuggested = problems.length < suggestionLimit;
    const didYouMean = isSuggested ? nearMisses(name, [...links.keys(), ...labels.keys()]) : [];
    problems.push({
      code: 'REVISION_NOT_FOUND',
      message: `Revision ${name} is not present, but is ${role} of revision ${owner.revision} (${owner.path}).`,
      revisions: [owner.revision],
      paths: [owner.path],
      name,
      ...(didYouMean.length > 0 ? { didYouMean } : {}),
    });
  };
  for (const revision of revisions) {
    for (const id of unique(revision.downRevisions)) {
      if (!links.has(id)) missing(revision, id, 'a parent');
    }
    for (const name of unique(revision.dependsOn)) {
      if (!links.has(name) && !labels.has(name)) missing(revision, name, 'a dependency');
    }
  }
  return problems;
}

/** The names that several revisions use, with their users. */
function repeated(
  revisions: readonly Revision[],
  namesOf: (revision: Revision) => readonly string[],
): readonly (readonly [string, readonly Revision[]])[] {
  const [once, twice] = [new Set<string>(), new Map<string, Revision[]>()];
  for (const name of revisions.flatMap(namesOf)) {
    if (once.has(name)) twice.set(name, []);
    once.add(name);
  }
  if (twice.size === 0) return [];
  for (const revision of revisions) {
    for (const name of namesOf(revision)) twice.get(name)?.push(revision);
  }
  return [...twice];
}
