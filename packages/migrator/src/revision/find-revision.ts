import { lineageOf } from './graph-walk.ts';
import { ambiguousPrefix, notFound, notOnBranch } from './revision-errors.ts';
import type { RevisionMap } from './revision-map.ts';

/** A branch as it was asked for. */
export interface Branch {
  /** The label, identifier or prefix that was typed. */
  readonly name: string;
  /** The revision the name stands for. */
  readonly revision: string;
  /** All on the branch, through parents alone. */
  readonly lineage: ReadonlySet<string>;
}

/**
 * Finds a revision by its identifier, by a branch label, or by an unambiguous beginning of either.
 *
 * @param branch only revisions on this branch count
 * @returns the identifier
 * @throws RevisionError REVISION_NOT_FOUND (also for a revision off the branch), REVISION_AMBIGUOUS
 */
export function findRevision(map: RevisionMap, name: string, branch: Branch | null = null): string {
  const id = exactly(map, name);
  if (id !== null) {
    if (branch !== null && !branch.lineage.has(id)) throw notOnBranch(map, id, branch.name);
    return id;
  }
  const beginning = startingWith(map, name);
  const candidates = branch === null ? beginning : beginning.filter((each) => branch.lineage.has(each));
  const [found, ...others] = candidates;
  if (found === undefined) {
    const [elsewhere] = beginning;
    if (branch !== null && elsewhere !== undefined) throw notOnBranch(map, elsewhere, branch.name);
    throw notFound(map, name, 'revision');
  }
  if (others.length > 0) throw ambiguousPrefix(name, candidates);
  return found;
}

/**
 * Finds a branch by a label, by the identifier of a revision on it, or by an unambiguous beginning of either.
 *
 * @throws RevisionError REVISION_NOT_FOUND, REVISION_AMBIGUOUS
 */
export function findBranch(map: RevisionMap, name: string): Branch {
  const id = exactly(map, name);
  const [revision, ...others] = id === null ? startingWith(map, name) : [id];
  if (revision === undefined) throw notFound(map, name, 'branch');
  if (others.length > 0) throw ambiguousPrefix(name, [revision, ...others]);
  return { name, revision, lineage: lineageOf(map, [revision], { dependencies: false }) };
}

/** Whether a text is an identifier or a label, or begins one. */
export function beginsIdentifier(map: RevisionMap, name: string): boolean {
  return exactly(map, name) !== null || startingWith(map, name).length > 0;
}

function exactly(map: RevisionMap, name: string): string | null {
  return map.nodes.has(name) ? name : (map.labels.get(name) ?? null);
}

/** Revisions whose identifier or label begins with a text, each once, newest first. */
function startingWith(map: RevisionMap, prefix: string): readonly string[] {
  const found = new Set(map.order.filter((id) => id.startsWith(prefix)).toReversed());
  for (const [label, id] of map.labels) {
    if (label.startsWith(prefix)) found.add(id);
  }
  return [...found];
}
