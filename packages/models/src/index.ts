/**
 * Freshmaker's models: everything a service needs of its database.
 *
 * `connect` first; then one `orm.em.fork()` for each request or message, the entities and their methods, and the
 * repositories for lists. See the README for a complete program.
 *
 * @packageDocumentation
 */

export { type ConnectSettings, connect } from './connect.ts';
export {
  type DatabaseAddress,
  DatabaseUrlError,
  describeDatabase,
  type PostgresqlAddress,
  type PostgresqlSsl,
  parseDatabaseUrl,
  type SqliteAddress,
  type SslMode,
  type UrlContext,
} from './database/database-url.ts';
export { discoverEntities } from './database/discover-entities.ts';
export { PostgresNamingStrategy } from './database/naming-strategy.ts';
export { type DatabaseOptions, type ResolveSettings, resolveDatabaseOptions } from './database/options.ts';
export { UnreadableDate } from './database/utc-date-time.ts';
export { UtcDateTimeType } from './database/utc-date-time-type.ts';
export type { BuildJson, JsonOptions } from './domain/build-json.ts';
export type { BuildFilters } from './domain/builds-transition.ts';
export { clearDatabase } from './domain/clear-database.ts';
export { commitOnSuccess } from './domain/commit-on-success.ts';
export type { BuildOptions, EventOptions } from './domain/create.ts';
export type { EventJson, EventMinJson } from './domain/event-json.ts';
export type { DomainEvent } from './domain/get-or-create.ts';
export type { JsonValue } from './domain/json-values.ts';
export { ArtifactBuild } from './entities/artifact-build.ts';
export { ArtifactBuildCompose } from './entities/artifact-build-compose.ts';
export { Compose } from './entities/compose.ts';
export { Event } from './entities/event.ts';
export { EventDependency } from './entities/event-dependency.ts';
export { FreshmakerBase } from './entities/freshmaker-base.ts';
export { User } from './entities/user.ts';
export { ArtifactBuildState } from './enums/artifact-build-state.ts';
export { ArtifactType } from './enums/artifact-type.ts';
export { enumList } from './enums/enum-list.ts';
export { type EnumInput, type EnumObject, enumName, enumValue } from './enums/enum-value.ts';
export { EventState } from './enums/event-state.ts';
export { RebuildReason } from './enums/rebuild-reason.ts';
export type { CounterName, Environment, Logger, Topic } from './environment.ts';
export {
  AmbiguousResultError,
  DependencyCycleError,
  DetachedEntityError,
  InvalidFilterError,
  InvalidValueError,
  ModelError,
  UnknownEventTypeError,
} from './errors.ts';
export {
  EventType,
  type EventTypeId,
  type EventTypeInput,
  type EventTypeName,
  eventTypeId,
  eventTypeName,
} from './event-types.ts';
export {
  ArtifactBuildRepository,
  type BuildFilter,
  type BuildKeyRequest,
  type BuildListRequest,
  type BuildOrder,
} from './queries/build-repository.ts';
export {
  type EventFilter,
  type EventKeyRequest,
  type EventListRequest,
  type EventOrder,
  EventRepository,
} from './queries/event-repository.ts';
export { buildListRequest, eventListRequest, InvalidParameterError } from './queries/list-parameters.ts';
export type { KeyPage, Page, PageRequest } from './queries/page.ts';
export { type PageMeta, type PageNumbers, pageMeta } from './queries/page-links.ts';
