import {
  history,
  type MigrateOptions,
  type RevisionDocument,
  type ScriptLocations,
  upgrade,
} from '@freshmaker/migrator/engine';
import type { EngineName } from '../engines/engine.ts';
import { MigrationTestFailure } from './failure.ts';
import { type Scratch, type ScratchSpace, scratchSpace } from './scratch-space.ts';

/** Test data may go, whatever the environment says that this is. */
export const runOptions: MigrateOptions = { production: false, allowDataLoss: true, backup: false };

/** Databases of one engine at any revision, each a fresh copy without rows of tests. */
export class HistoryWalk implements AsyncDisposable {
  readonly engine: EngineName;
  readonly scripts: ScriptLocations;
  readonly #space: ScratchSpace;
  #revisions: readonly RevisionDocument[] | undefined;
  /** Walks along with the tests, which come parents first: each revision is run once for it. */
  #walker: { readonly scratch: Scratch; readonly applied: ReadonlySet<string> } | undefined;

  constructor(engine: EngineName, scripts: ScriptLocations) {
    this.engine = engine;
    this.scripts = scripts;
    this.#space = scratchSpace(engine);
  }

  /** @throws MigrationTestFailure when no script is in that file. */
  async revisionIn(path: string): Promise<RevisionDocument> {
    const found = (await this.revisions()).find((revision) => revision.path === path);
    if (found) return found;
    throw new MigrationTestFailure(`There is no revision in ${path}.`);
  }

  /** Newest first. */
  async revisions(): Promise<readonly RevisionDocument[]> {
    this.#revisions ??= (await history({ scripts: this.scripts })).revisions;
    return this.#revisions;
  }

  empty(): Promise<Scratch> {
    return this.#space.empty();
  }

  /** A database that has all a revision builds on, and not the revision itself. */
  async before(revision: RevisionDocument): Promise<Scratch> {
    const targets = parentsOf(revision);
    if (targets.length === 0) return this.empty();
    const needed = await this.#ancestors(targets);
    const walker = await this.#walkerTo(targets, needed);
    const copy = walker.copy();
    if (copy) return copy;
    // Here a copy takes longer than another walk; the walker itself is what the test gets.
    this.#walker = undefined;
    return walker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#walker?.scratch[Symbol.asyncDispose]();
    await this.#space[Symbol.asyncDispose]();
  }

  async #walkerTo(targets: readonly string[], needed: ReadonlySet<string>): Promise<Scratch> {
    const onTheWay = this.#walker && [...this.#walker.applied].every((id) => needed.has(id));
    if (!onTheWay) await this.#walker?.scratch[Symbol.asyncDispose]();
    const scratch = onTheWay && this.#walker ? this.#walker.scratch : await this.empty();
    this.#walker = undefined;
    await upgrade({ scripts: this.scripts, driver: scratch.driver }, targets, runOptions);
    this.#walker = { scratch, applied: needed };
    return scratch;
  }

  async #ancestors(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const byId = new Map((await this.revisions()).map((revision) => [revision.revision, revision]));
    const found = new Set<string>();
    const waiting = [...ids];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const revision = byId.get(id);
      if (revision === undefined || found.has(id)) continue;
      found.add(id);
      waiting.push(...parentsOf(revision));
    }
    return found;
  }
}

/** All that must be there before a revision can be run. */
export function parentsOf({ downRevision, dependsOn }: RevisionDocument): string[] {
  return [...(downRevision === null ? [] : [downRevision].flat()), ...dependsOn];
}
