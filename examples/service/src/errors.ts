import { InvalidParameterError } from '@freshmaker/models';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The body of every answer that is an error. */
export interface ErrorBody {
  readonly status: number;
  readonly error: string;
  readonly message: string;
}

export function notFound(reply: FastifyReply, message: string): FastifyReply {
  return send(reply, { status: 404, error: 'Not Found', message });
}

/** Answers in JSON, whatever goes wrong; what is no fault of the request is logged and not told. */
export function answerErrors(server: FastifyInstance): void {
  server.setNotFoundHandler((_request, reply) => notFound(reply, 'The requested URL was not found.'));
  server.setErrorHandler((error, request, reply) => {
    if (error instanceof InvalidParameterError) {
      return send(reply, { status: error.status, error: 'Bad Request', message: error.message });
    }
    request.log.error(error);
    return send(reply, { status: 500, error: 'Internal Server Error', message: 'The request failed.' });
  });
}

function send(reply: FastifyReply, body: ErrorBody): FastifyReply {
  return reply.code(body.status).send(body);
}
