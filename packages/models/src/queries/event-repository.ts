import type { FilterQuery } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { JsonOptions } from '../domain/build-json.ts';
import { type EventJson, type EventMinJson, loadEventJson, loadEventMinJson } from '../domain/event-json.ts';
import { flushAdded } from '../domain/unit-of-work.ts';
import { Event } from '../entities/event.ts';
import { type EnumInput, enumValue } from '../enums/enum-value.ts';
import { EventState } from '../enums/event-state.ts';
import { findKeyPage, findPage, type Selection } from './find-page.ts';
import { type OrderBy, orderOf } from './order.ts';
import type { KeyPage, Page, PageRequest } from './page.ts';

type OneOrMore<T> = T | readonly T[];

/** What events have to equal; several values of one attribute are alternatives, several attributes all have to hold. */
export interface EventFilter {
  readonly messageId?: OneOrMore<string>;
  readonly searchKey?: OneOrMore<string>;
  readonly eventTypeId?: OneOrMore<number>;
  readonly requester?: OneOrMore<string>;
  /** Numbers are taken as they are; names in any case. */
  readonly state?: OneOrMore<EnumInput<typeof EventState>>;
}

export type EventOrder = OrderBy<'id' | 'messageId'>;

export interface EventListRequest extends PageRequest {
  readonly filter?: EventFilter;
  /** Default: `-id`. */
  readonly order?: EventOrder;
  /** Whether the JSON has the builds, or only their numbers. Default: true. */
  readonly full?: boolean;
}

export interface EventKeyRequest extends Omit<EventListRequest, 'page'> {
  /** The `next` of the page before; none for the first page. */
  readonly after?: string;
}

type EventItemJson = EventJson | EventMinJson;

/** The queries that services run over events. */
export class EventRepository {
  readonly #em: SqlEntityManager;

  constructor(em: SqlEntityManager) {
    this.#em = em;
  }

  /** A page by its number: at most six statements, whatever its size. */
  async list(request: EventListRequest = {}): Promise<Page<Event, EventItemJson, JsonOptions>> {
    const page = await findPage(this.#em, Event, selection(request), request);
    return { ...page, json: await this.#json(page.items, request.full) };
  }

  /** A page after a key: at most five statements, and the same time however far down it is. */
  async listByKey(request: EventKeyRequest = {}): Promise<KeyPage<Event, EventItemJson, JsonOptions>> {
    const page = await findKeyPage(this.#em, Event, selection(request), request);
    return { ...page, json: await this.#json(page.items, request.full) };
  }

  /** The events with a search key that are still being handled, by id: a rebuild is running already. */
  async findRunning(searchKey: string): Promise<Event[]> {
    await flushAdded(this.#em);
    return this.#em.find(
      Event,
      { searchKey, state: { $in: [EventState.INITIALIZED, EventState.BUILDING] } },
      { orderBy: { id: 'asc' } },
    );
  }

  async #json(events: readonly Event[], full = true): Promise<(options?: JsonOptions) => EventItemJson[]> {
    const json = full ? await loadEventJson(this.#em, events) : await loadEventMinJson(this.#em, events);
    return (options) => events.map((event) => json(event, options));
  }
}

function selection({ filter, order }: EventListRequest): Selection<Event> {
  return { where: condition(filter ?? {}), orderBy: orderOf<Event>(order ?? '-id', new Set()) };
}

function condition({ messageId, searchKey, eventTypeId, requester, state }: EventFilter): FilterQuery<Event> {
  return {
    ...oneOf('messageId', messageId),
    ...oneOf('searchKey', searchKey),
    ...oneOf('eventTypeId', eventTypeId),
    ...oneOf('requester', requester),
    ...oneOf('state', state, (value) =>
      typeof value === 'number' ? value : enumValue(EventState, 'state', value),
    ),
  };
}

function oneOf<T extends string | number>(
  property: string,
  values: OneOrMore<T> | undefined,
  convert: (value: T) => unknown = (value) => value,
): Record<string, unknown> {
  if (values === undefined) {
    return {};
  }
  const list: readonly T[] = typeof values === 'object' ? values : [values];
  return { [property]: { $in: list.map(convert) } };
}
