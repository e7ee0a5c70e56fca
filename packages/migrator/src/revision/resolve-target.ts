import { effectiveHeads } from './current-heads.ts';
import { type Branch, beginsIdentifier, findBranch, findRevision } from './find-revision.ts';
import { ancestorsOf } from './graph-walk.ts';
import { ambiguousStart, atBase, multipleHeads, needsDatabase } from './revision-errors.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';
import { parseTarget, type TargetExpression } from './target-syntax.ts';
import { walk } from './walk.ts';

/** The version rows of the database, checked; null when no database is at hand. */
export type CurrentHeads = readonly string[] | null;

/** What a revision argument stands for. */
export interface ResolvedTarget {
  readonly expression: TargetExpression;
  /** Identifiers; none is the base. */
  readonly revisions: readonly string[];
  /** What stands before the `@`. */
  readonly branch: Branch | null;
  /** Where the steps began; null when there are none, or when they began at the base. */
  readonly start: string | null;
}

export interface ResolveOptions {
  /** Let steps end at the end of the history instead of failing there. */
  readonly stopAtEnd?: boolean;
}

/**
 * Resolves any revision argument. Steps without a symbol begin where the database is.
 *
 * @param text what was typed, for example `head`, `fcba`, `+2`, `feat@head-1`
 * @throws RevisionError REVISION_NOT_FOUND, REVISION_AMBIGUOUS, MULTIPLE_HEADS, AMBIGUOUS_WALK,
 *   RELATIVE_OUT_OF_RANGE; ConfigurationError USAGE_INVALID for a malformed text, or when the text asks for a
 *   database and `currentHeads` is null
 */
export function resolveTarget(
  map: RevisionMap,
  text: string,
  currentHeads: CurrentHeads,
  { stopAtEnd = false }: ResolveOptions = {},
): ResolvedTarget {
  const expression = parse(map, text);
  const branch = expression.branch === null ? null : findBranch(map, expression.branch);
  const { steps } = expression;
  if (steps === null) {
    const revisions = placeOf(map, expression, branch, currentHeads);
    return { expression, revisions, branch, start: null };
  }
  const start = startOf(map, expression, branch, currentHeads, steps);
  const end = walk(map, start, steps, { target: text, lineage: branch?.lineage ?? null, stopAtEnd });
  return { expression, revisions: end === null ? [] : [end], branch, start };
}

/**
 * The revisions an argument stands for, for example those `show` prints; none is the base.
 *
 * @throws as {@link resolveTarget}
 */
export function resolveRevisions(
  map: RevisionMap,
  text: string,
  currentHeads: CurrentHeads,
): readonly string[] {
  return resolveTarget(map, text, currentHeads).revisions;
}

/**
 * The one revision an argument stands for; null is the base.
 *
 * @throws as {@link resolveTarget}; MULTIPLE_HEADS also when the argument stands for several revisions
 */
export function resolveRevision(map: RevisionMap, text: string, currentHeads: CurrentHeads): string | null {
  const revisions = resolveRevisions(map, text, currentHeads);
  if (revisions.length > 1) throw multipleHeads(map, text, revisions);
  return revisions[0] ?? null;
}

/** Whether an argument can only be resolved with a database at hand. */
export function asksForDatabase(map: RevisionMap, text: string): boolean {
  const { symbol } = parse(map, text);
  return symbol === null || symbol === 'current';
}

/** The steps of an argument that counts from where the database is (`+2`, `feat@-1`), or null. */
export function stepsFromCurrent(map: RevisionMap, text: string): number | null {
  const { symbol, steps } = parse(map, text);
  return symbol === null ? steps : null;
}

function parse(map: RevisionMap, text: string): TargetExpression {
  return parseTarget(text, (name) => beginsIdentifier(map, name));
}

function placeOf(
  map: RevisionMap,
  { text, symbol }: TargetExpression,
  branch: Branch | null,
  currentHeads: CurrentHeads,
): readonly string[] {
  const onBranch = (ids: readonly string[]) => ids.filter((id) => branch?.lineage.has(id) ?? true);
  switch (symbol) {
    case 'head': {
      const heads = onBranch(map.heads);
      if (heads.length > 1) throw multipleHeads(map, text, heads);
      return heads;
    }
    case 'heads':
      return branch === null ? map.realHeads : onBranch(map.heads);
    case 'base':
      return [];
    case null:
    case 'current': {
      if (currentHeads === null) throw needsDatabase(text);
      return appliedOnBranch(map, branch, currentHeads);
    }
    default:
      return [findRevision(map, symbol, branch)];
  }
}

function startOf(
  map: RevisionMap,
  expression: TargetExpression,
  branch: Branch | null,
  currentHeads: CurrentHeads,
  steps: number,
): string | null {
  const { text, symbol } = expression;
  if (symbol !== null && symbol !== 'current') {
    const places = placeOf(map, expression, branch, currentHeads);
    if (places.length > 1) throw multipleHeads(map, text, places);
    return places[0] ?? null;
  }
  if (currentHeads === null) throw needsDatabase(text);
  const starts =
    steps > 0 ? upwardStarts(map, branch, currentHeads) : appliedOnBranch(map, branch, currentHeads);
  if (starts.length > 1) throw ambiguousStart(text, starts);
  const [start] = starts;
  if (start === undefined && steps < 0) throw atBase(text, expression.branch);
  return start ?? null;
}

/** The version rows, on a branch those of it, or else what its rows would be without dependencies. */
function appliedOnBranch(
  map: RevisionMap,
  branch: Branch | null,
  currentHeads: readonly string[],
): readonly string[] {
  if (branch === null) return currentHeads;
  const rows = currentHeads.filter((id) => branch.lineage.has(id));
  return rows.length > 0 ? rows : effectiveHeads(map, currentHeads).filter((id) => branch.lineage.has(id));
}

/** Where a walk up begins: at the version rows, or where their history meets the branch; none is the base. */
function upwardStarts(
  map: RevisionMap,
  branch: Branch | null,
  currentHeads: readonly string[],
): readonly string[] {
  if (branch === null) return currentHeads;
  const rows = currentHeads.filter((id) => branch.lineage.has(id));
  if (rows.length > 0) return rows;
  const shared = ancestorsOf(map, currentHeads).intersection(branch.lineage);
  return [...shared].filter((id) => !nodeOf(map, id).allNextRevisions.some((next) => shared.has(next)));
}
