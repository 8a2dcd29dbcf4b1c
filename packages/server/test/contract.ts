import type { LightMyRequestResponse } from 'fastify';
import { problem } from '../src/http/answers/common.ts';
import type { Route } from '../src/http/route.ts';

/**
 * Holds a real answer against its route's description, from which the OpenAPI document is made. Throws with what
 * differs, so that every test of a route is a test of the contract too.
 */
export function ensureDescribed(
  routes: readonly Route[],
  method: string,
  url: string,
  answer: LightMyRequestResponse,
): void {
  const named = `${method} ${url} → ${answer.statusCode}`;
  if (answer.statusCode >= 400) {
    const read = problem.safeParse(answer.json());
    if (!read.success) throw new Error(`${named} is no problem: ${read.error.message}`);
    return;
  }
  const route = routeOf(routes, method, url.replace(/^\/api\/v1/, '').split('?')[0] ?? '');
  const described = route?.answers[answer.statusCode];
  if (!route || !described) throw new Error(`${named} is not described`);
  if (described.media || typeof described.shape === 'function') return;
  if (!described.shape) {
    if (answer.body !== '') throw new Error(`${named} has a body that is not described`);
    return;
  }
  const read = described.shape.safeParse(answer.json());
  if (!read.success) throw new Error(`${named} differs from its description: ${read.error.message}`);
}

/** The route that serves a path: names that stand before names that are free. */
function routeOf(routes: readonly Route[], method: string, path: string): Route | undefined {
  const free = (route: Route) => route.path.split('/').findIndex((part) => part.startsWith(':')) >>> 0;
  return routes
    .filter((route) => route.method === method && pattern(route.path).test(path))
    .sort((a, b) => free(b) - free(a) || a.path.split(':').length - b.path.split(':').length)[0];
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:[A-Za-z]+/g, '[^/]+')}$`);
}
