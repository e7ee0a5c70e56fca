import { ArtifactBuildState, ArtifactType, EventType, enumList } from '@freshmaker/models';
import type { FastifyInstance } from 'fastify';
import { notFound } from '../errors.ts';
import { idOf } from './parameters.ts';

const lists = [
  { path: 'event-types', what: 'event type', members: enumList(EventType) },
  { path: 'build-types', what: 'build type', members: enumList(ArtifactType) },
  { path: 'build-states', what: 'build state', members: enumList(ArtifactBuildState) },
];

/** What numbers in events and builds stand for. */
export function memberRoutes(server: FastifyInstance): void {
  for (const version of [1, 2]) {
    for (const { path, what, members } of lists) {
      server.get(`/api/${version}/${path}/`, async () => ({ items: members }));
      server.get(`/api/${version}/${path}/:id`, async (request, reply) => {
        const id = idOf(request);
        return members.find((member) => member.id === id) ?? notFound(reply, `No such ${what} found.`);
      });
    }
  }
}
