import type { Event } from '../entities/event.ts';
import { type EnumInput, enumName, enumValue } from '../enums/enum-value.ts';
import { EventState } from '../enums/event-state.ts';
import type { CounterName } from '../environment.ts';
import { environmentOf, type Notice, outboxOf } from '../unit-of-work/commit-outbox.ts';
import { loadEventJson, loadEventMinJson } from './event-json.ts';
import { longEventText } from './text-forms.ts';
import { entityManagerOf } from './unit-of-work.ts';

/** The counter of a state; a state that has one also is an end, and sets the time. */
const counters: Partial<Record<EventState, CounterName>> = {
  [EventState.COMPLETE]: 'freshmaker_event_complete',
  [EventState.FAILED]: 'freshmaker_event_failed',
  [EventState.SKIPPED]: 'freshmaker_event_skipped',
  [EventState.CANCELED]: 'freshmaker_event_canceled',
};

export async function transitionEvent(
  event: Event,
  newState: EnumInput<typeof EventState>,
  reason: string | null,
): Promise<boolean> {
  const state = enumValue(EventState, 'state', newState);
  const em = entityManagerOf(event);
  const environment = environmentOf(em);
  const outbox = outboxOf(em);
  if (reason !== null) {
    event.stateReason = reason;
  }
  environment.logger[state === EventState.FAILED ? 'error' : 'info'](
    `Event ${longEventText(event)} moved to state ${enumName(EventState, state)}, ${JSON.stringify(reason)}`,
  );
  if (event.state === state) {
    return false;
  }
  event.state = state;
  const counter = counters[state];
  if (counter !== undefined) {
    event.timeDone = environment.now();
    outbox.stage(event, [{ counter }]);
  }
  const errors: unknown[] = [];
  await em.flush().catch((error: unknown) => {
    // Only a publisher's error is one of after the commit; with any other, nothing was written.
    if (outbox.takeFailure(em) !== error) {
      throw error;
    }
    errors.push(error);
  });
  await outbox.stageFlushed(em, await stateChanged(event)).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) {
    throw errors[0];
  }
  return true;
}

async function stateChanged(event: Event): Promise<readonly Notice[]> {
  const em = entityManagerOf(event);
  const full = await loadEventJson(em, [event]);
  const short = await loadEventMinJson(em, [event]);
  return [
    { topic: 'event.state.changed', payload: full(event) },
    { topic: 'event.state.changed.min', payload: short(event) },
  ];
}
