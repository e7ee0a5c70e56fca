/** How far the handling of an event is; the number is what `events.state` holds. */
export const EventState = {
  INITIALIZED: 0,
  BUILDING: 1,
  COMPLETE: 2,
  FAILED: 3,
  SKIPPED: 4,
  CANCELED: 5,
} as const;

export type EventState = (typeof EventState)[keyof typeof EventState];
