import { ConfigurationError, RevisionError } from '../errors.ts';
import { beginsIdentifier } from './find-revision.ts';
import { ancestorsOf } from './graph-walk.ts';
import { isSymbolicName, newBranchLabelFault, newRevisionIdFault } from './identifier.ts';
import { type CurrentHeads, resolveRevision, resolveRevisions } from './resolve-target.ts';
import { multipleHeads } from './revision-errors.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';
import { parseTarget } from './target-syntax.ts';

/** Where a new script goes in the history: what its header will say. */
export interface NewRevision {
  readonly downRevisions: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
}

export interface NewRevisionOptions {
  /** What to build on; `base` begins a history of its own. Default `head`. */
  readonly head?: string;
  /** Allow a revision that has children already. */
  readonly splice?: boolean;
  readonly branchLabels?: readonly string[];
  /** Revision arguments; a label stays a label, all else becomes an identifier. */
  readonly dependsOn?: readonly string[];
  /** The version rows, for `current` and steps from it. */
  readonly currentHeads?: CurrentHeads;
}

/**
 * Finds the place of a new revision.
 *
 * @throws RevisionError MULTIPLE_HEADS when `head` is not one revision, REVISION_DUPLICATE for a label in use;
 *   ConfigurationError USAGE_INVALID for a revision with children without `splice`, an unusable label, or a
 *   dependency on the base; else as `resolveTarget`
 */
export function planRevision(map: RevisionMap, options: NewRevisionOptions = {}): NewRevision {
  const { head = 'head', splice = false, branchLabels = [], dependsOn = [], currentHeads = null } = options;
  if (head === 'head' && map.heads.length > 1) {
    const hint = `Say what to build on, for example --head ${map.heads[0]}, or join the heads with \`db merge heads\`.`;
    throw multipleHeads(map, head, map.heads, hint);
  }
  const downRevisions = resolveRevisions(map, head, currentHeads);
  if (!splice) requireHeads(map, downRevisions);
  for (const label of branchLabels) checkNewBranchLabel(map, label);
  return {
    downRevisions,
    dependsOn: [...new Set(dependsOn.map((name) => dependencyOf(map, name, currentHeads)))],
    branchLabels: [...new Set(branchLabels)],
  };
}

export interface MergeOptions {
  readonly branchLabels?: readonly string[];
  readonly currentHeads?: CurrentHeads;
}

/**
 * Finds the parents of a merge.
 *
 * @param targets revision arguments; `heads` alone means all heads
 * @returns null when `heads` is one revision or none: there is nothing to merge
 * @throws ConfigurationError USAGE_INVALID for fewer than two revisions, for one named twice, for a revision
 *   with its own ancestor, and for a revision that is no head; else as {@link planRevision}
 */
export function planMerge(
  map: RevisionMap,
  targets: readonly string[],
  { branchLabels = [], currentHeads = null }: MergeOptions = {},
): NewRevision | null {
  if (targets.length === 0) throw tooFew('No revision to merge is given.');
  const downRevisions = targets.flatMap((target) => {
    const revisions = resolveRevisions(map, target, currentHeads);
    if (revisions.length === 0 && !asksForHeads(map, target))
      throw tooFew(`'${target}' is no revision to merge.`);
    return revisions;
  });
  if (downRevisions.length < 2) {
    if (targets.length === 1 && asksForHeads(map, targets[0] as string)) return null;
    throw tooFew(`One revision alone (${downRevisions.join()}) cannot be merged.`);
  }
  const twice = downRevisions.find((id, at) => downRevisions.indexOf(id) !== at);
  if (twice !== undefined) throw tooFew(`Revision ${twice} is given more than once.`);
  refuseAncestors(map, downRevisions);
  requireHeads(map, downRevisions);
  for (const label of branchLabels) checkNewBranchLabel(map, label);
  return { downRevisions, dependsOn: [], branchLabels: [...new Set(branchLabels)] };
}

/**
 * Checks an identifier chosen for a new revision.
 *
 * @throws ConfigurationError USAGE_INVALID for a form that cannot be used or would read as another target,
 *   RevisionError REVISION_DUPLICATE when a revision or a branch has that name
 */
export function checkNewRevisionId(map: RevisionMap, id: string): void {
  const fault = newRevisionIdFault(id) ?? readsAsSteps(map, id);
  if (fault !== null) throw unusable('Revision identifier', id, fault);
  refuseTaken(map, 'Revision identifier', id);
}

function checkNewBranchLabel(map: RevisionMap, label: string): void {
  const fault = newBranchLabelFault(label) ?? readsAsSteps(map, label);
  if (fault !== null) throw unusable('Branch label', label, fault);
  refuseTaken(map, 'Branch label', label);
}

function unusable(what: string, name: string, fault: string): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', `${what} '${name}' cannot be used: ${fault}.`, {
    hint: 'Take letters, digits, "_" and "-", for example 12 hexadecimal digits for an identifier.',
    facts: { name },
  });
}

function readsAsSteps(map: RevisionMap, name: string): string | null {
  const { symbol, steps } = parseTarget(name, () => false);
  if (steps === null || symbol === null) return null;
  if (!isSymbolicName(symbol) && !map.nodes.has(symbol) && !map.labels.has(symbol)) return null;
  return `it reads as ${Math.abs(steps)} steps from ${symbol}`;
}

function refuseTaken(map: RevisionMap, what: string, name: string): void {
  const owner = map.nodes.has(name) ? name : map.labels.get(name);
  if (owner === undefined) return;
  const { path } = nodeOf(map, owner).revision;
  const use = owner === name ? 'the identifier of a revision' : `a branch label of revision ${owner}`;
  throw new RevisionError('REVISION_DUPLICATE', `${what} '${name}' is in use: it is ${use} (${path}).`, {
    hint: 'Choose another one.',
    facts: { revision: owner, name, path },
  });
}

function requireHeads(map: RevisionMap, ids: readonly string[]): void {
  const inner = ids.find((id) => !nodeOf(map, id).isHead);
  if (inner === undefined) return;
  throw new ConfigurationError('USAGE_INVALID', `Revision ${inner} is not a head: it has children.`, {
    hint: `Name a head (${map.heads.join(', ')}); \`db revision --head ${inner} --splice\` begins a new branch there.`,
    facts: { revision: inner, heads: map.heads },
  });
}

function refuseAncestors(map: RevisionMap, ids: readonly string[]): void {
  const below = ancestorsOf(
    map,
    ids.flatMap((id) => nodeOf(map, id).downRevisions),
    { dependencies: false },
  );
  const ancestor = ids.find((id) => below.has(id));
  if (ancestor === undefined) return;
  throw new ConfigurationError(
    'USAGE_INVALID',
    `Revision ${ancestor} is an ancestor of another revision to merge: they are one branch already.`,
    { hint: `Name heads only (${map.heads.join(', ')}).`, facts: { revision: ancestor, heads: map.heads } },
  );
}

function tooFew(message: string): ConfigurationError {
  return new ConfigurationError('USAGE_INVALID', message, {
    hint: 'Name two or more heads, or type `db merge heads` for all of them.',
  });
}

function asksForHeads(map: RevisionMap, target: string): boolean {
  const { symbol, steps } = parseTarget(target, (name) => beginsIdentifier(map, name));
  return symbol === 'heads' && steps === null;
}

function dependencyOf(map: RevisionMap, name: string, currentHeads: CurrentHeads): string {
  if (map.labels.has(name)) return name;
  const id = resolveRevision(map, name, currentHeads);
  if (id !== null) return id;
  throw new ConfigurationError('USAGE_INVALID', `A revision cannot depend on '${name}': there is nothing.`, {
    hint: 'Name a revision or a branch label.',
    facts: { argument: name },
  });
}
