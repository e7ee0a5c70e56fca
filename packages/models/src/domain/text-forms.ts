import { wrap } from '@mikro-orm/core';
import type { ArtifactBuild } from '../entities/artifact-build.ts';
import type { Event } from '../entities/event.ts';
import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { enumName } from '../enums/enum-value.ts';
import { eventTypeName } from '../event-types.ts';

/** `<TestingEvent, search_key=test>`: the prefix of log lines about an event. */
export function shortEventText(event: Event): string {
  return `<${typeText(event)}, search_key=${event.searchKey}>`;
}

/** `<Event MESSAGE_ID, TestingEvent, SEARCH_KEY>` */
export function longEventText(event: Event): string {
  return `<Event ${event.messageId}, ${typeText(event)}, ${event.searchKey}>`;
}

/** `<ArtifactBuild NAME, type IMAGE, state BUILD, event MESSAGE_ID>`; an event that is not loaded is shown by its id. */
export function buildText(build: ArtifactBuild): string {
  const type = enumName(ArtifactType, build.type) ?? build.type ?? null;
  const state = enumName(ArtifactBuildState, build.state) ?? build.state ?? null;
  return `<ArtifactBuild ${build.name}, type ${type}, state ${state}, event ${eventOf(build)}>`;
}

function eventOf({ event }: ArtifactBuild): string | null {
  if (!event) {
    return null;
  }
  return wrap(event).isInitialized() ? event.messageId : `#${event.id}`;
}

function typeText({ eventTypeId }: Event): string {
  return eventTypeName(eventTypeId) ?? `UnknownEventType ${eventTypeId}`;
}
