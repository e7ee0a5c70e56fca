export { createTestDatabase } from './database/create-test-database.ts';
export type { Isolation, TestDatabaseOptions } from './database/options.ts';
export type { TestDatabase } from './database/test-database.ts';
export { type EngineName, engineNames } from './engines/engine.ts';
export { TestingError, type TestingErrorCode } from './error.ts';
export {
  type BuildGraph,
  createBuildChain,
  createBuildGraph,
  type GraphOverrides,
} from './factories/build-graph.ts';
export { defineFactory, type Factory, type Overrides } from './factories/define-factory.ts';
export {
  type BuildOverrides,
  buildFactory,
  composeFactory,
  dependencyFactory,
  type EventOverrides,
  eventFactory,
  linkFactory,
  userFactory,
} from './factories/entities.ts';
export { type Factories, factoriesOf } from './factories/factories.ts';
export { describeEngines } from './hooks/describe-engines.ts';
export type { Hook, TestHooks } from './hooks/test-hooks.ts';
export {
  type SuiteDatabase,
  type UseTestDatabaseOptions,
  useTestDatabase,
} from './hooks/use-test-database.ts';
export { MigrationTestFailure } from './migration-tests/failure.ts';
export { type MigrationTestOptions, testMigrations } from './migration-tests/test-migrations.ts';
export type { Entities, ProjectOptions } from './orm/project.ts';
export { Clock, type Duration } from './outside/clock.ts';
export type { Metrics } from './outside/metrics.ts';
export type { Environment, LogEntry, Logger, Message } from './outside/outside-world.ts';
