import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { notFound } from '@throughline/domain/errors.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { FastifyInstance } from 'fastify';
import { problemOf, WrongMethod } from './problem.ts';
import { apiPrefix } from './register-route.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';

type Log = { readonly log: (error: unknown, request: string) => void; readonly registry: Registry };

/** Answers every refusal as a problem; an address that takes other methods says which. */
export function addProblems(app: FastifyInstance, { log, registry }: Log, routes: readonly Route[]): void {
  app.setErrorHandler((error, request, reply) => {
    const { body, headers, unexpected } = problemOf(error, String(request.id));
    if (unexpected) log(error, String(request.id));
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return reply;
    }
    return reply
      .code(body.status)
      .headers({ 'cache-control': 'no-store', ...headers })
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(body));
  });
  const collections = registry.kinds.map((kind) => kind.collection).join('|');
  const patterns = routes.map((route) => ({
    method: route.method,
    pattern: patternOf(apiPrefix + route.path, collections),
  }));
  app.setNotFoundHandler(async (request) => {
    const path = request.url.split('?')[0] ?? '';
    const allowed = new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
    if (allowed.size > 0 && ![...allowed].some((method) => method === request.method))
      throw new WrongMethod([...allowed].sort());
    throw notFound();
  });
}

function patternOf(path: string, collections: string): RegExp {
  const parts = path.replace(/:(?!collection)[A-Za-z]+/g, '[^/]+').replace(':collection', `(${collections})`);
  return new RegExp(`^${parts}$`);
}

/** Bytes that are no HTTP request: there is no reply object yet, so the answer is written by hand. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({
    type: '/api/docs#malformed',
    title: 'The request cannot be read',
    status: tooLarge ? 431 : 400,
    code: 'malformed',
    detail: tooLarge ? 'The headers are too large.' : 'This is not a request in HTTP/1.1.',
    instance: randomUUID(),
    errors: [],
  });
  const headers = Object.entries({
    ...securityHeaders(''),
    'cache-control': 'no-store',
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status}\r\n${lines}\r\n${body}`);
}
