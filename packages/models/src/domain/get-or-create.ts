import type { EntityClass, RequiredEntityData } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Event } from '../entities/event.ts';
import type { EventTypeInput } from '../event-types.ts';
import { environmentOf } from '../unit-of-work/commit-outbox.ts';
import { type EventOptions, newEvent } from './create.ts';

/**
 * What the handling of a message knows about it. Attributes that a kind of event does not have may be missing.
 */
export interface DomainEvent {
  readonly msgId: string;
  readonly searchKey: string | number;
  /** By default the name of the object's class. */
  readonly eventType?: EventTypeInput;
  readonly manual?: boolean;
  readonly dryRun?: boolean;
  readonly requester?: string | null;
  /** A list of names is stored, separated by blanks; anything else is not. */
  readonly containerImages?: unknown;
  /** Any value that JSON can hold. */
  readonly requesterMetadata?: unknown;
}

/**
 * The row with a unique key, inserted and committed when it is not there. Two processes that race get the same row: the
 * insert gives way to another's, which is then read.
 */
export async function getOrInsert<T extends object>(
  em: SqlEntityManager,
  type: EntityClass<T>,
  key: keyof T & string,
  row: () => RequiredEntityData<T>,
  value: unknown,
): Promise<T> {
  const find = () => em.findOne(type, { [key]: value } as never);
  const existing = await find();
  if (existing !== null) {
    return existing as T;
  }
  await em.flush();
  await em
    .createQueryBuilder(type)
    .insert(row())
    .onConflict(key as never)
    .ignore()
    .execute();
  return (await em.findOneOrFail(type, { [key]: value } as never)) as T;
}

export async function getOrCreateEvent(
  em: SqlEntityManager,
  messageId: string,
  searchKey: string | number,
  eventType: EventTypeInput,
  options: Omit<EventOptions, 'state'>,
): Promise<Event> {
  const row = () => newEvent(em, messageId, searchKey, eventType, { ...options, state: null });
  return getOrInsert(em, Event, 'messageId', row, messageId);
}

export async function getOrCreateFromDomainEvent(
  em: SqlEntityManager,
  event: DomainEvent,
  released: boolean,
): Promise<Event> {
  const images = event.containerImages;
  return getOrCreateEvent(em, event.msgId, event.searchKey, event.eventType ?? event.constructor, {
    released,
    manual: event.manual,
    dryRun: event.dryRun,
    requester: event.requester,
    requestedRebuilds: Array.isArray(images) ? images.join(' ') : null,
    requesterMetadata: metadataText(em, event),
  });
}

function metadataText(em: SqlEntityManager, { msgId, requesterMetadata }: DomainEvent): string | null {
  if (requesterMetadata === null || requesterMetadata === undefined) {
    return null;
  }
  try {
    const text = JSON.stringify(requesterMetadata) as string | undefined;
    if (text !== undefined) {
      return text;
    }
  } catch {
    // Circular, or a BigInt: the same as a value that has no JSON.
  }
  environmentOf(em).logger.warn(
    `The requester's metadata of ${msgId} cannot be written as JSON; they are left out.`,
  );
  return null;
}
