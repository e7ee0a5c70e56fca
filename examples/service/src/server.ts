import { parseDatabaseUrl } from '@freshmaker/models';
import Fastify, { type FastifyInstance } from 'fastify';
import { connectAtHead, revisionsOf } from './database.ts';
import { answerErrors } from './errors.ts';
import { buildRoutes } from './routes/builds.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { memberRoutes } from './routes/members.ts';

export interface ServerSettings {
  readonly databaseUrl: string;
  readonly logger?: boolean;
}

/**
 * The API on a database, ready to listen.
 *
 * @throws when the database is not at head, or cannot be read.
 */
export async function createServer({
  databaseUrl,
  logger = false,
}: ServerSettings): Promise<FastifyInstance> {
  const address = parseDatabaseUrl(databaseUrl, { cwd: process.cwd(), env: process.env });
  const server = Fastify({ logger });
  const orm = await connectAtHead(address, {
    logger: {
      info: (message) => server.log.info(message),
      warn: (message) => server.log.warn(message),
      error: (message) => server.log.error(message),
    },
  });
  server.addHook('onClose', () => orm.close());
  answerErrors(server);
  eventRoutes(server, orm);
  buildRoutes(server, orm);
  memberRoutes(server);
  healthRoutes(server, () => revisionsOf(orm, address));
  return server;
}
