import { ArtifactBuildState } from '../enums/artifact-build-state.ts';
import { ArtifactType } from '../enums/artifact-type.ts';
import { type EnumObject, enumName } from '../enums/enum-value.ts';
import { EventState } from '../enums/event-state.ts';
import { ModelError } from '../errors.ts';
import type { BuildListRequest, BuildOrder } from './build-repository.ts';
import type { EventListRequest, EventOrder } from './event-repository.ts';
import type { PageRequest } from './page.ts';

/** A parameter of a request that a service answers with status 400 and this message. */
export class InvalidParameterError extends ModelError {
  readonly status = 400;

  constructor(message: string) {
    super('INVALID_PARAMETER', message);
  }
}

const eventOrders = { id: 'id', message_id: 'messageId' };
const buildOrders = {
  id: 'id',
  name: 'name',
  event_id: 'eventId',
  dep_on_id: 'depOnId',
  build_id: 'buildId',
  original_nvr: 'originalNvr',
  rebuilt_nvr: 'rebuiltNvr',
};

/**
 * Reads the query of a request for a list of events. A parameter that is there more than once holds alternatives; one that
 * is there but empty stands for an empty value; unknown ones are ignored.
 *
 * @throws InvalidParameterError naming what cannot be understood.
 */
export function eventListRequest(query: URLSearchParams, version: 1 | 2 = 1): EventListRequest {
  const texts = (name: string) => (query.has(name) ? query.getAll(name) : undefined);
  return {
    ...pageRequest(query),
    filter: {
      messageId: texts('message_id'),
      searchKey: texts('search_key'),
      eventTypeId: texts('event_type_id')?.map((value) => integer('event_type_id', value)),
      requester: texts('requester'),
      state: texts('state')?.map(eventState),
    },
    order: orderBy(query, eventOrders) as EventOrder,
    full: fullJson(query, version),
  };
}

/**
 * Reads the query of a request for a list of builds. Of a parameter that is there more than once the first counts; an empty
 * one counts as absent; unknown ones are ignored.
 *
 * @throws InvalidParameterError naming what cannot be understood.
 */
export function buildListRequest(query: URLSearchParams): BuildListRequest {
  const text = (name: string) => query.get(name) || undefined;
  const number = (name: string) => {
    const value = text(name);
    return value === undefined ? undefined : integer(name, value);
  };
  return {
    ...pageRequest(query),
    filter: {
      type: member(ArtifactType, text('type'), 'An invalid artifact type was supplied'),
      state: member(ArtifactBuildState, text('state'), 'An invalid state was supplied'),
      name: text('name'),
      eventId: number('event_id'),
      depOnId: number('dep_on_id'),
      buildId: number('build_id'),
      originalNvr: text('original_nvr'),
      rebuiltNvr: text('rebuilt_nvr'),
      eventTypeId: number('event_type_id'),
      eventSearchKey: text('event_search_key'),
    },
    order: orderBy(query, buildOrders) as BuildOrder,
  };
}

/** What is no number stands for the default. */
function pageRequest(query: URLSearchParams): PageRequest {
  const number = (name: string) => {
    const text = query.get(name) ?? '';
    return /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
  };
  return { page: number('page'), perPage: number('per_page') };
}

function orderBy(query: URLSearchParams, keys: Readonly<Record<string, string>>): string {
  const text = query.get('order_by') ?? '-id';
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  if (!Object.hasOwn(keys, column)) {
    const allowed = Object.keys(keys).map((key) => `'${key}'`);
    // The typing error is part of the interface: clients may match the text.
    throw new InvalidParameterError(
      `An invalid order_by key was suplied, allowed keys are: [${allowed.join(', ')}]`,
    );
  }
  return `${descending ? '-' : ''}${keys[column]}`;
}

/** A number is not checked against the states that there are; it just hits nothing. */
function eventState(text: string): number {
  if (/^\d+$/.test(text)) {
    return integer('state', text);
  }
  return memberNamed(EventState, text) ?? refuse(`Invalid state was supplied: ${text}`);
}

function member<E extends EnumObject>(
  members: E,
  text: string | undefined,
  message: string,
): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = /^\d+$/.test(text) ? Number(text) : memberNamed(members, text);
  return value !== undefined && enumName(members, value) !== null ? value : refuse(message);
}

function memberNamed(members: EnumObject, text: string): number | undefined {
  return Object.entries(members).find(([name]) => name.toLowerCase() === text.toLowerCase())?.[1];
}

function fullJson(query: URLSearchParams, version: 1 | 2): boolean {
  switch (query.get('show_full_json')?.toLowerCase()) {
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      return version === 1;
  }
}

/** Integers of the database have 32 bits. */
function integer(name: string, text: string): number {
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) <= 2 ** 31 - 1)) {
    throw new InvalidParameterError(`Invalid ${name} was supplied: ${text}`);
  }
  return value;
}

function refuse(message: string): never {
  throw new InvalidParameterError(message);
}
