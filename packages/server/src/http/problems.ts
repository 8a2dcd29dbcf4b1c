import { notFound } from '@throughline/domain/errors.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { FastifyInstance } from 'fastify';
import { problemOf, WrongMethod } from './problem.ts';
import { apiPrefix } from './register-route.ts';
import type { Route } from './route.ts';

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
