import { defineEntity, type OptionalProps, p } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { MemberType } from '../database/member-type.ts';
import { UtcDateTimeType } from '../database/utc-date-time-type.ts';
import type { JsonOptions } from '../domain/build-json.ts';
import {
  type BuildFilters,
  hasAllBuildsInState,
  transitionBuildsOfEvent,
} from '../domain/builds-transition.ts';
import { createEvent, type EventOptions } from '../domain/create.ts';
import { imageBuildsInFirstBatch } from '../domain/event-builds.ts';
import {
  addEventDependency,
  buildsFromDependencies,
  findDependentEvents,
  livingStates,
  relatedEvents,
} from '../domain/event-dependencies.ts';
import { type EventJson, type EventMinJson, loadEventJson, loadEventMinJson } from '../domain/event-json.ts';
import { transitionEvent } from '../domain/event-transition.ts';
import { type DomainEvent, getOrCreateEvent, getOrCreateFromDomainEvent } from '../domain/get-or-create.ts';
import { longEventText, shortEventText } from '../domain/text-forms.ts';
import { entityManagerOf, flushAdded, isHydrating } from '../domain/unit-of-work.ts';
import type { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { type EnumInput, enumValue } from '../enums/enum-value.ts';
import { EventState } from '../enums/event-state.ts';
import { type EventTypeInput, type EventTypeName, eventTypeName } from '../event-types.ts';
import { ArtifactBuild } from './artifact-build.ts';
import type { EventDependency } from './event-dependency.ts';
import { FreshmakerBase } from './freshmaker-base.ts';

const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'events',
  extends: FreshmakerBase,
  properties: {
    id: p.integer().primary(),
    /** The id of the message that triggered it. */
    messageId: p.string().length(-1),
    /** What people search by; for advisory events the advisory's number as text. */
    searchKey: p.string().length(-1),
    eventTypeId: p.integer(),
    released: p
      .boolean()
      .strictNullable()
      .onCreate(() => true),
    manualTriggered: p
      .boolean()
      .strictNullable()
      .onCreate(() => false),
    state: p.type(MemberType).defaultRaw('0').accessor(),
    stateReason: p.string().length(-1).strictNullable(),
    /** Null only in rows that are older than the column. */
    timeCreated: p.type(UtcDateTimeType).strictNullable(),
    dryRun: p
      .boolean()
      .strictNullable()
      .onCreate(() => false),
    /** The user who asked for a manual rebuild. */
    requester: p.string().length(-1).strictNullable(),
    /** Names of artifacts, separated by blanks. */
    requestedRebuilds: p.string().length(-1).strictNullable(),
    /** JSON text. */
    requesterMetadata: p.string().length(-1).strictNullable(),
    /** When it last came to an end; leaving the end does not clear it. */
    timeDone: p.type(UtcDateTimeType).strictNullable(),
    builds: () => p.oneToMany(ArtifactBuild).mappedBy('event').orphanRemoval().orderBy({ id: 'asc' }),
  },
  uniques: [{ name: 'idx_event_message_id', properties: 'messageId' }],
});

const stateValue = Symbol('state');

/** Something that happened and may call for rebuilds. */
export class Event extends EventSchema.class {
  declare [OptionalProps]?: 'state';
  declare private [stateValue]: number;

  override get state(): number {
    return this[stateValue];
  }

  /** @throws InvalidValueError for what is no state; the old value stays. */
  override set state(state: EnumInput<typeof EventState>) {
    this[stateValue] = isHydrating(this) ? (state as number) : enumValue(EventState, 'state', state);
  }

  /** The name of the event's type; undefined for an id outside the table. */
  get eventType(): EventTypeName | undefined {
    return eventTypeName(this.eventTypeId);
  }

  /**
   * Adds a new event to the unit of work. Nothing is written, sent or counted.
   *
   * @param eventType - an id, a name or a class of that name; ids outside the table are stored as given.
   * @throws UnknownEventTypeError for a name that is not listed.
   */
  static create(
    em: SqlEntityManager,
    messageId: string,
    searchKey: string | number,
    eventType: EventTypeInput,
    options: EventOptions = {},
  ): Event {
    return createEvent(em, messageId, searchKey, eventType, options);
  }

  /** The event of a message, by its exact id. */
  static get(em: SqlEntityManager, messageId: string): Promise<Event | null> {
    return em.findOne(Event, { messageId });
  }

  static getByEventId(em: SqlEntityManager, id: number): Promise<Event | null> {
    return em.findOne(Event, { id });
  }

  /**
   * The event of a message, unchanged when it is there, else created and committed with everything that is pending.
   * Processes that race for the same message get the same event.
   */
  static getOrCreate(
    em: SqlEntityManager,
    messageId: string,
    searchKey: string | number,
    eventType: EventTypeInput,
    options: Omit<EventOptions, 'state'> = {},
  ): Promise<Event> {
    return getOrCreateEvent(em, messageId, searchKey, eventType, options);
  }

  /** As `getOrCreate`, with what a domain event knows. Metadata that JSON cannot hold are left out, with a warning. */
  static getOrCreateFromEvent(em: SqlEntityManager, event: DomainEvent, released = true): Promise<Event> {
    return getOrCreateFromDomainEvent(em, event, released);
  }

  /** Events whose `released` is false (not null), by id; without states those in INITIALIZED, BUILDING and COMPLETE. */
  static getUnreleased(
    em: SqlEntityManager,
    states?: readonly EnumInput<typeof EventState>[] | null,
  ): Promise<Event[]> {
    const wanted = states?.length
      ? states.map((state) => enumValue(EventState, 'state', state))
      : livingStates;
    return em.find(Event, { released: false, state: { $in: [...wanted] } }, { orderBy: { id: 'asc' } });
  }

  /**
   * Moves the event to a state and commits; every state may follow every other. After the commit `event.state.changed` and
   * `event.state.changed.min` are sent and the state's counter rises; inside a transaction they wait for its end.
   *
   * @param reason - null keeps the old one. It is assigned even when the state is the old one, but not committed then.
   * @returns whether the state changed.
   * @throws InvalidValueError for what is no state, before anything changed; a publisher's error, after the commit.
   */
  async transition(state: EnumInput<typeof EventState>, reason: string | null = null): Promise<boolean> {
    return transitionEvent(this, state, reason);
  }

  /**
   * Moves builds of the event to a state. The selected ones get the reason; for FAILED and CANCELED all below them follow.
   * Commits nothing.
   *
   * @param filters - values that columns have to equal; all builds without. Looked at before anything changes.
   * @returns the ids of all builds that changed, ascending.
   * @throws InvalidFilterError for what is no mapping or names no column; nothing changed then.
   */
  async buildsTransition(
    state: EnumInput<typeof ArtifactBuildState>,
    reason: string | null,
    filters?: BuildFilters,
  ): Promise<number[]> {
    return transitionBuildsOfEvent(entityManagerOf(this), this, state, reason, filters);
  }

  /** True when no build of the event is in another state; also without builds. */
  async hasAllBuildsInState(state: EnumInput<typeof ArtifactBuildState>): Promise<boolean> {
    return hasAllBuildsInState(entityManagerOf(this), this, state);
  }

  /** The image builds that wait for no other one, in any state, by id. */
  async getImageBuildsInFirstBatch(): Promise<ArtifactBuild[]> {
    const em = entityManagerOf(this);
    await flushAdded(em);
    return imageBuildsInFirstBatch(em, this);
  }

  /**
   * Notes that this event depends on another one. Adds only: the caller commits. A row that another process adds meanwhile
   * is the same row.
   *
   * @returns the new row, its id known after the flush; null when the pair is there, or for the event itself.
   */
  async addEventDependency(other: Event): Promise<EventDependency | null> {
    return addEventDependency(entityManagerOf(this), this, other);
  }

  /** The events this one depends on, in the order in which they were added. */
  async eventDependencies(): Promise<Event[]> {
    return relatedEvents(entityManagerOf(this), this, 'dependsOn');
  }

  /** The events that depend on this one, in the order in which they were added. */
  async dependingEvents(): Promise<Event[]> {
    return relatedEvents(entityManagerOf(this), this, 'depending');
  }

  /**
   * Finds the unreleased, not manually triggered events in INITIALIZED, BUILDING or COMPLETE with an image build of the name
   * of one of this event's builds, notes each as a dependency of this event, and commits.
   *
   * @returns all that match, by id, those noted earlier included.
   */
  async findDependentEvents(): Promise<Event[]> {
    return findDependentEvents(entityManagerOf(this), this);
  }

  /**
   * The DONE builds with an original NVR of the first direct dependency that has any, by id.
   *
   * @returns null when there is none.
   */
  async getArtifactBuildFromEventDependencies(nvr: string | null): Promise<ArtifactBuild[] | null> {
    return buildsFromDependencies(entityManagerOf(this), this, nvr);
  }

  /** The event with its builds; a constant number of statements. */
  async json(options?: JsonOptions): Promise<EventJson> {
    const em = entityManagerOf(this);
    await flushAdded(em);
    return (await loadEventJson(em, [this]))(this, options);
  }

  /** The event with the number of its builds by state; a constant number of statements. */
  async jsonMin(options?: JsonOptions): Promise<EventMinJson> {
    const em = entityManagerOf(this);
    await flushAdded(em);
    return (await loadEventMinJson(em, [this]))(this, options);
  }

  /** `<Event MESSAGE_ID, TestingEvent, SEARCH_KEY>` */
  describe(): string {
    return longEventText(this);
  }

  /** `<TestingEvent, search_key=SEARCH_KEY>` */
  override toString(): string {
    return shortEventText(this);
  }
}
EventSchema.setClass(Event);
