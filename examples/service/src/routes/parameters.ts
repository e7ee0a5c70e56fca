import type { FastifyRequest } from 'fastify';

/** The address of a request as the client has written it. */
export function requestedUrl(request: FastifyRequest): URL {
  return new URL(request.url, `${request.protocol}://${request.host}`);
}

/** An id from the path; undefined for what cannot be one. */
export function idOf(request: FastifyRequest): number | undefined {
  const { id } = request.params as { id: string };
  const number = /^\d{1,10}$/.test(id) ? Number(id) : Number.NaN;
  return number <= 2 ** 31 - 1 ? number : undefined;
}
