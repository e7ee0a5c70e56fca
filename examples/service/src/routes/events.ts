import { Event, EventRepository, eventListRequest, pageMeta } from '@freshmaker/models';
import type { MikroORM } from '@mikro-orm/sql';
import type { FastifyInstance } from 'fastify';
import { notFound } from '../errors.ts';
import { idOf, requestedUrl } from './parameters.ts';

/** Lists and details of events; the second version of the API leaves the builds out unless it is asked for them. */
export function eventRoutes(server: FastifyInstance, orm: MikroORM): void {
  for (const version of [1, 2] as const) {
    server.get(`/api/${version}/events/`, async (request) => {
      const url = requestedUrl(request);
      const page = await new EventRepository(orm.em.fork()).list(eventListRequest(url.searchParams, version));
      return { items: page.json(), meta: pageMeta(page, url) };
    });

    server.get(`/api/${version}/events/:id`, async (request, reply) => {
      const id = idOf(request);
      const event = id === undefined ? null : await Event.getByEventId(orm.em.fork(), id);
      if (event === null) {
        return notFound(reply, 'No such event found.');
      }
      const { full } = eventListRequest(requestedUrl(request).searchParams, version);
      return full ? event.json() : event.jsonMin();
    });
  }
}
