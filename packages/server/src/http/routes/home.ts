import { readHome } from '../../features/home/read-home.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { readReadiness } from '../../features/line/read-readiness.ts';
import * as shapes from '../answers/home.ts';
import { homeWire } from '../present/home.ts';
import { namedInReadiness, readinessWire } from '../present/readiness.ts';
import { refWire } from '../present/ref.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';

/** The first page: what needs the caller, how things stand, what changed. */
export function homeRoutes(services: HttpServices): Route[] {
  const { registry, catalogue } = services;
  const cache = FactsCache.of(services);
  return [
    route({
      method: 'GET',
      path: '/home',
      tag: 'Home',
      summary: 'What needs the caller, how the register stands, what changed',
      access: 'signed-in',
      answers: {
        200: { description: 'Each thing in one group alone, the most pressing.', shape: shapes.home },
      },
      handle: async (call) => {
        const { organisation, actor } = call.caller;
        const [home, read] = await Promise.all([
          readHome(services, { organisation, actor }),
          readReadiness(services, cache, { organisation, actor }, namedInReadiness),
        ]);
        const refs = new Map([...read.refs].map(([id, row]) => [id, refWire(registry, row)]));
        const names = { registry, catalogue, actor, refs, members: read.members };
        return ok(homeWire(registry, catalogue, home, readinessWire(names, read.readiness), actor));
      },
    }),
  ];
}
