import { ancestorsOf } from './graph-walk.ts';
import { nodeOf, type RevisionMap } from './revision-map.ts';

/** What a step does to the version table, each part in the order it is to be done: deletes, updates, inserts. */
export interface VersionChange {
  readonly deletes: readonly string[];
  readonly updates: readonly { readonly from: string; readonly to: string }[];
  readonly inserts: readonly string[];
}

/**
 * The applied revisions of a database while a plan moves over them, with the version rows that stand for them:
 * one for each applied revision that no applied revision builds or depends on.
 *
 * The rows are Alembic's (`HeadMaintainer`), except where its table ends up with a row beside that of a
 * descendant (a revision that depends on an ancestor, reverted while other branches are applied).
 * A step costs as much as the revision has parents and dependencies.
 */
export class AppliedRevisions {
  readonly #map: RevisionMap;
  readonly #heads: Set<string>;
  /** How many applied revisions build or depend on a revision. */
  readonly #children = new Map<string, number>();

  /** @param currentHeads version rows, checked */
  constructor(map: RevisionMap, currentHeads: readonly string[]) {
    this.#map = map;
    this.#heads = new Set(currentHeads);
    for (const id of ancestorsOf(map, currentHeads)) this.#count(id, 1);
  }

  /** The version rows. */
  get heads(): readonly string[] {
    return [...this.#heads];
  }

  /** Applies a revision whose parents and dependencies are applied: its row takes the place of theirs. */
  upgrade(id: string): VersionChange {
    const replaced = this.#count(id, 1).filter((down) => this.#heads.delete(down));
    this.#heads.add(id);
    const from = replaced.at(-1);
    return from === undefined
      ? { deletes: [], updates: [], inserts: [id] }
      : { deletes: replaced.slice(0, -1), updates: [{ from, to: id }], inserts: [] };
  }

  /** Reverts a revision on which nothing applied builds: rows appear for what only it stood for. */
  downgrade(id: string): VersionChange {
    this.#heads.delete(id);
    const uncovered = this.#count(id, -1).filter((down) => this.#children.get(down) === 0);
    for (const down of uncovered) this.#heads.add(down);
    const to = uncovered.at(-1);
    return to === undefined
      ? { deletes: [id], updates: [], inserts: [] }
      : { deletes: [], updates: [{ from: id, to }], inserts: uncovered.slice(0, -1) };
  }

  #count(id: string, by: 1 | -1): readonly string[] {
    const { allDownRevisions } = nodeOf(this.#map, id);
    for (const down of allDownRevisions) this.#children.set(down, (this.#children.get(down) ?? 0) + by);
    return allDownRevisions;
  }
}

/** The version rows after a change. */
export function applyVersionChange(rows: readonly string[], change: VersionChange): readonly string[] {
  const gone = new Set([...change.deletes, ...change.updates.map(({ from }) => from)]);
  return [...rows.filter((id) => !gone.has(id)), ...change.updates.map(({ to }) => to), ...change.inserts];
}
