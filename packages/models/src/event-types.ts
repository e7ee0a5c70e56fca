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
