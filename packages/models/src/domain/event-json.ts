import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Event } from '../entities/event.ts';
import { enumName } from '../enums/enum-value.ts';
import { EventState } from '../enums/event-state.ts';
import type { Environment } from '../environment.ts';
import { environmentOf } from '../unit-of-work/commit-outbox.ts';
import { type BuildJson, type JsonOptions, loadBuildJson } from './build-json.ts';
import { loadBuilds, loadBuildsSummaries } from './event-builds.ts';
import { type DependencyIds, loadDependencyIds } from './event-dependencies.ts';
import { isoSeconds, type JsonValue, parseJsonText, words } from './json-values.ts';

type CommonJson = {
  readonly id: number;
  readonly message_id: string;
  readonly search_key: string;
  readonly event_type_id: number;
  readonly state: number;
  readonly state_name: string | null;
  readonly state_reason: string | null;
  readonly time_created: string | null;
  readonly time_done: string | null;
  readonly url: string;
  readonly dry_run: boolean | null;
  readonly requester: string | null;
  readonly requested_rebuilds: readonly string[];
  readonly requester_metadata: JsonValue;
  readonly depends_on_events: readonly number[];
  readonly depending_events: readonly number[];
};

/** An event with its builds, as messages and the API show it. */
export type EventJson = CommonJson & { readonly builds: readonly BuildJson[] };

/** An event with only the numbers of its builds: `total`, and one for each state that occurs. */
export type EventMinJson = CommonJson & { readonly builds_summary: Readonly<Record<string, number>> };

export type EventJsonMaker<Json> = (event: Event, options?: JsonOptions) => Json;

/** Loads what the full JSON of events needs: four statements for any number of events and builds. */
export async function loadEventJson(
  em: SqlEntityManager,
  events: readonly Event[],
): Promise<EventJsonMaker<EventJson>> {
  const common = await loadCommonJson(em, events);
  const builds = await loadBuilds(em, events);
  const buildJson = await loadBuildJson(em, [...builds.values()].flat());
  return (event, options) => ({
    ...common(event, options),
    builds: (builds.get(event.id) ?? []).map((build) => buildJson(build, options)),
  });
}

/** Loads what the short JSON of events needs: two statements for any number of events and builds. */
export async function loadEventMinJson(
  em: SqlEntityManager,
  events: readonly Event[],
): Promise<EventJsonMaker<EventMinJson>> {
  const common = await loadCommonJson(em, events);
  const summaries = await loadBuildsSummaries(em, events);
  return (event, options) => ({
    ...common(event, options),
    builds_summary: summaries.get(event.id) ?? { total: 0 },
  });
}

async function loadCommonJson(
  em: SqlEntityManager,
  events: readonly Event[],
): Promise<EventJsonMaker<CommonJson>> {
  const dependencies = await loadDependencyIds(em, events);
  const environment = environmentOf(em);
  return (event, options) =>
    commonJson(event, dependencies.get(event.id) ?? { dependsOn: [], depending: [] }, {
      ...environment,
      ...options,
    });
}

function commonJson(event: Event, dependencies: DependencyIds, environment: Environment): CommonJson {
  return {
    id: event.id,
    message_id: event.messageId,
    search_key: event.searchKey,
    event_type_id: event.eventTypeId,
    state: event.state,
    state_name: enumName(EventState, event.state),
    state_reason: event.stateReason ?? null,
    time_created: isoSeconds(event.timeCreated),
    time_done: isoSeconds(event.timeDone),
    url: environment.urlFor('event', event.id),
    dry_run: event.dryRun ?? null,
    requester: event.requester ?? null,
    requested_rebuilds: words(event.requestedRebuilds),
    requester_metadata: parseJsonText(
      event.requesterMetadata,
      `requester_metadata of event ${event.id}`,
      environment.logger,
    ),
    depends_on_events: dependencies.dependsOn,
    depending_events: dependencies.depending,
  };
}
