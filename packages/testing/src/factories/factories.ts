import type {
  ArtifactBuild,
  ArtifactBuildCompose,
  Compose,
  Event,
  EventDependency,
  User,
} from '@freshmaker/models';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { type BuildGraph, createBuildChain, createBuildGraph, type GraphOverrides } from './build-graph.ts';
import type { Overrides } from './define-factory.ts';
import {
  type BuildOverrides,
  buildFactory,
  composeFactory,
  dependencyFactory,
  type EventOverrides,
  eventFactory,
  linkFactory,
  userFactory,
} from './entities.ts';

/** Makes rows of Freshmaker's entities in one unit of work, each written on its own, with values that are unique in a test. */
export interface Factories {
  user(overrides?: Overrides<User>): Promise<User>;
  event(overrides?: EventOverrides): Promise<Event>;
  build(overrides?: BuildOverrides): Promise<ArtifactBuild>;
  compose(overrides?: Overrides<Compose>): Promise<Compose>;
  /** Notes that one event depends on another one. */
  dependency(event: Event, eventDependency: Event): Promise<EventDependency>;
  /** Links a build to a compose. */
  link(build: ArtifactBuild, compose: Compose): Promise<ArtifactBuildCompose>;
  /** Builds of which each waits for the one before it. */
  chain(names: readonly string[], overrides?: GraphOverrides<string>): Promise<ArtifactBuild[]>;
  /** Builds that wait for one another: `graph({ ed: null, mksh: 'ed', bash: 'ed' })`. */
  graph<Name extends string>(
    graph: BuildGraph<Name>,
    overrides?: GraphOverrides<Name>,
  ): Promise<Record<Name, ArtifactBuild>>;
}

export function factoriesOf(em: SqlEntityManager): Factories {
  return {
    user: (overrides) => userFactory.create(em, overrides),
    event: (overrides) => eventFactory.create(em, overrides),
    build: (overrides) => buildFactory.create(em, overrides),
    compose: (overrides) => composeFactory.create(em, overrides),
    dependency: (event, eventDependency) => dependencyFactory.create(em, { event, eventDependency }),
    link: (build, compose) => linkFactory.create(em, { build, compose }),
    chain: (names, overrides) => createBuildChain(em, names, overrides),
    graph: (graph, overrides) => createBuildGraph(em, graph, overrides),
  };
}
