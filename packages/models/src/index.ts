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
export { ArtifactBuild } from './entities/artifact-build.ts';
export { ArtifactBuildCompose } from './entities/artifact-build-compose.ts';
export { Compose } from './entities/compose.ts';
export { Event } from './entities/event.ts';
export { EventDependency } from './entities/event-dependency.ts';
export { FreshmakerBase } from './entities/freshmaker-base.ts';
export { User } from './entities/user.ts';
export { ArtifactBuildState } from './enums/artifact-build-state.ts';
export { ArtifactType } from './enums/artifact-type.ts';
export { EventState } from './enums/event-state.ts';
export { RebuildReason } from './enums/rebuild-reason.ts';
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
