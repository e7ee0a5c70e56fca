import { ArtifactBuild, ArtifactBuildRepository, buildListRequest, pageMeta } from '@freshmaker/models';
import type { MikroORM } from '@mikro-orm/sql';
import type { FastifyInstance } from 'fastify';
import { notFound } from '../errors.ts';
import { idOf, requestedUrl } from './parameters.ts';

export function buildRoutes(server: FastifyInstance, orm: MikroORM): void {
  for (const version of [1, 2]) {
    server.get(`/api/${version}/builds/`, async (request) => {
      const url = requestedUrl(request);
      const page = await new ArtifactBuildRepository(orm.em.fork()).list(buildListRequest(url.searchParams));
      return { items: page.json(), meta: pageMeta(page, url) };
    });

    server.get(`/api/${version}/builds/:id`, async (request, reply) => {
      const id = idOf(request);
      const build = id === undefined ? null : await orm.em.fork().findOne(ArtifactBuild, id);
      return build === null ? notFound(reply, 'No such build found.') : build.json();
    });
  }
}
