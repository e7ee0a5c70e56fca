import type { ArtifactBuild } from '@freshmaker/models';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { TestingError } from '../error.ts';
import { type BuildOverrides, buildFactory, eventFactory } from './entities.ts';

/** Builds by name, each with the name of the build it waits for; null for none. */
export type BuildGraph<Name extends string> = Readonly<Record<Name, NoInfer<Name> | null>>;

/** What builds of a graph are to have: the same for all, or by name. */
export type GraphOverrides<Name extends string> = BuildOverrides | ((name: Name) => BuildOverrides);

/**
 * Makes builds that wait for one another, all of one event, parents before children.
 *
 * @returns the builds by name.
 * @throws TestingError `TEST_OPTIONS_INVALID` for a cycle, or a build that waits for one that is not there.
 */
export async function createBuildGraph<Name extends string>(
  em: SqlEntityManager,
  graph: BuildGraph<Name>,
  overrides: GraphOverrides<Name> = {},
): Promise<Record<Name, ArtifactBuild>> {
  const names = Object.keys(graph) as Name[];
  const made: Partial<Record<Name, ArtifactBuild>> = {};
  const shared = typeof overrides === 'function' ? {} : overrides;
  const event = shared.event === undefined ? await eventFactory.create(em) : shared.event;
  for (let waiting = names; waiting.length > 0; ) {
    const next = waiting.find((name) => graph[name] === null || made[graph[name] as Name]);
    if (next === undefined) throw impossible(waiting);
    const own = typeof overrides === 'function' ? overrides(next) : overrides;
    const parent = graph[next] === null ? null : made[graph[next] as Name];
    made[next] = await buildFactory.create(em, { event, ...own, name: next, depOn: parent });
    waiting = waiting.filter((name) => name !== next);
  }
  return made as Record<Name, ArtifactBuild>;
}

/** Makes builds of which each waits for the one before it, all of one event. */
export async function createBuildChain(
  em: SqlEntityManager,
  names: readonly string[],
  overrides?: GraphOverrides<string>,
): Promise<ArtifactBuild[]> {
  const graph = Object.fromEntries(names.map((name, at) => [name, names[at - 1] ?? null]));
  const made = await createBuildGraph<string>(em, graph, overrides);
  return names.map((name) => made[name] as ArtifactBuild);
}

function impossible(names: readonly string[]): TestingError {
  return new TestingError(
    'TEST_OPTIONS_INVALID',
    `These builds wait for one another, or for builds that are not in the graph: ${names.join(', ')}.`,
    'Name every build of the graph, and make one wait for none (null).',
  );
}
