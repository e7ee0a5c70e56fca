import type { FastifyInstance } from 'fastify';

/** Whether the database answers, and which revision it is at. */
export function healthRoutes(server: FastifyInstance, revisions: () => Promise<string[]>): void {
  server.get('/health', async (request, reply) => {
    try {
      return { status: 'ok', revisions: await revisions() };
    } catch (error) {
      request.log.error(error);
      return reply.code(503).send({ status: 'unavailable', revisions: [] });
    }
  });
}
