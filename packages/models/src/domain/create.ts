import type { SqlEntityManager } from '@mikro-orm/sql';
import { ArtifactBuild } from '../entities/artifact-build.ts';
import { Event } from '../entities/event.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import type { ArtifactType } from '../enums/artifact-type.ts';
import type { EnumInput } from '../enums/enum-value.ts';
import { EventState } from '../enums/event-state.ts';
import { type EventTypeInput, eventTypeId } from '../event-types.ts';
import { environmentOf } from '../unit-of-work/commit-outbox.ts';

/** What of an event may be left out when it is created. */
export interface EventOptions {
  /** Default: true. */
  readonly released?: boolean | null;
  /** Default: INITIALIZED. */
  readonly state?: EnumInput<typeof EventState> | null;
  /** Whether a person asked for it. Default: false. */
  readonly manual?: boolean | null;
  /** Default: false. */
  readonly dryRun?: boolean | null;
  readonly requester?: string | null;
  /** Names of artifacts, separated by blanks. */
  readonly requestedRebuilds?: string | null;
  /** JSON text. */
  readonly requesterMetadata?: string | null;
}

/** What of a build may be left out when it is created. */
export interface BuildOptions {
  /** The id of the task in Koji; negative in a dry run. */
  readonly buildId?: number | null;
  /** The build that has to be done first. */
  readonly depOn?: ArtifactBuild | null;
  /** Default: BUILD. */
  readonly state?: EnumInput<typeof ArtifactBuildState> | null;
  readonly originalNvr?: string | null;
  readonly rebuiltNvr?: string | null;
  /** Default: UNKNOWN. */
  readonly rebuildReason?: number | null;
}

/** The columns of a new event, but for its id. */
export function newEvent(
  em: SqlEntityManager,
  messageId: string,
  searchKey: string | number,
  eventType: EventTypeInput,
  options: EventOptions,
) {
  return {
    messageId,
    searchKey: String(searchKey),
    eventTypeId: eventTypeId(eventType),
    released: options.released ?? true,
    manualTriggered: options.manual ?? false,
    state: (options.state ?? EventState.INITIALIZED) as number,
    stateReason: null,
    timeCreated: environmentOf(em).now(),
    dryRun: options.dryRun ?? false,
    requester: options.requester ?? null,
    requestedRebuilds: options.requestedRebuilds ?? null,
    requesterMetadata: options.requesterMetadata ?? null,
    timeDone: null,
  };
}

export function createEvent(
  em: SqlEntityManager,
  messageId: string,
  searchKey: string | number,
  eventType: EventTypeInput,
  options: EventOptions,
): Event {
  return em.create(Event, newEvent(em, messageId, searchKey, eventType, options));
}

export function createBuild(
  em: SqlEntityManager,
  event: Event | null,
  name: string,
  type: EnumInput<typeof ArtifactType>,
  options: BuildOptions,
): ArtifactBuild {
  return em.create(ArtifactBuild, {
    name,
    type: type as number,
    event,
    state: (options.state ?? ArtifactBuildState.BUILD) as number,
    timeSubmitted: environmentOf(em).now(),
    depOn: options.depOn ?? null,
    buildId: options.buildId ?? null,
    originalNvr: options.originalNvr ?? null,
    rebuiltNvr: options.rebuiltNvr ?? null,
    rebuildReason: options.rebuildReason ?? 0,
  });
}
