import { UnknownEventTypeError } from './errors.ts';

/**
 * The domain events that are stored, by name; the number is what `events.event_type_id` holds.
 *
 * The order is the one in which the event types are listed to users. Numbers outside the table are stored as given.
 */
export const EventType = {
  MBSModuleStateChangeEvent: 0,
  GitModuleMetadataChangeEvent: 1,
  GitRPMSpecChangeEvent: 2,
  TestingEvent: 3,
  GitDockerfileChangeEvent: 4,
  BodhiUpdateCompleteStableEvent: 5,
  KojiTaskStateChangeEvent: 6,
  BrewSignRPMEvent: 7,
  ErrataRPMAdvisoryShippedEvent: 8,
  BrewContainerTaskStateChangeEvent: 9,
  ErrataAdvisoryStateChangedEvent: 10,
  FreshmakerManualRebuildEvent: 11,
  ODCSComposeStateChangeEvent: 12,
  ManualRebuildWithAdvisoryEvent: 13,
  FreshmakerAsyncManualBuildEvent: 14,
  BotasErrataShippedEvent: 15,
  ManualBundleRebuildEvent: 16,
  FlatpakModuleAdvisoryReadyEvent: 17,
  FlatpakApplicationManualBuildEvent: 18,
} as const;

export type EventTypeName = keyof typeof EventType;
export type EventTypeId = (typeof EventType)[EventTypeName];

/** What says which type an event is of: its id, its name, a class or object that bears the name, or an instance of such a class. */
export type EventTypeInput = number | string | { readonly name: string } | object;

/**
 * The id that is stored for an event type. Numbers are taken as they are; names are looked up exactly, so a subclass that
 * is not listed has no id.
 *
 * @throws UnknownEventTypeError for a name that is not listed, and for a number that does not fit an integer column.
 */
export function eventTypeId(eventType: EventTypeInput): number {
  if (typeof eventType === 'number') {
    if (!Number.isInteger(eventType) || Math.abs(eventType) > 2 ** 31 - 1) {
      throw new UnknownEventTypeError(eventType);
    }
    return eventType;
  }
  const name = nameOf(eventType);
  if (name === undefined || !Object.hasOwn(EventType, name)) {
    throw new UnknownEventTypeError(name ?? eventType);
  }
  return EventType[name as EventTypeName];
}

/** The name of a stored event type; undefined for a number outside the table. */
export function eventTypeName(id: number): EventTypeName | undefined {
  return (Object.keys(EventType) as EventTypeName[]).find((name) => EventType[name] === id);
}

function nameOf(eventType: unknown): string | undefined {
  if (typeof eventType === 'string') {
    return eventType;
  }
  if (eventType === null || (typeof eventType !== 'object' && typeof eventType !== 'function')) {
    return undefined;
  }
  return 'name' in eventType && typeof eventType.name === 'string'
    ? eventType.name
    : eventType.constructor.name;
}
