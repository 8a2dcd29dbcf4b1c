import { z } from 'zod';
import { FactsCache } from '../../features/line/facts.ts';
import { readTrace } from '../../features/line/read-trace.ts';
import * as shapes from '../answers/line.ts';
import { refWire } from '../present/ref.ts';
import { namedIn, provenTraceWire } from '../present/trace.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { moment } from './record-tools.ts';

const tag = 'The line';

/** The line of one system: fifteen stations, each gap in words with its one action. */
export function lineRoutes(services: HttpServices): Route[] {
  const cache = FactsCache.of(services);
  return [
    route({
      method: 'GET',
      path: '/systems/:ref/trace',
      tag,
      summary: 'Walks one system from scope and policy to its last corrective action',
      access: 'signed-in',
      params: z.strictObject({ ref: z.string().max(64) }),
      query: z.strictObject({ asOf: moment.optional() }),
      answers: { 200: { description: 'The line as it stands now.', shape: shapes.trace } },
      handle: async (call) => {
        const { organisation, actor } = call.caller;
        const view = await readTrace(
          services,
          cache,
          {
            organisation,
            actor,
            ref: call.params.ref,
            asOf: call.query.asOf === undefined ? undefined : new Date(call.query.asOf),
          },
          namedIn,
        );
        const refs = new Map([...view.refs].map(([id, row]) => [id, refWire(services.registry, row)]));
        const { registry, catalogue } = services;
        const names = { registry, catalogue, actor, refs, members: view.members };
        const wire = provenTraceWire(names, view);
        const owner = view.owner ? (view.members.get(view.owner) ?? null) : null;
        return ok({ ...wire, system: { ...wire.system, owner } });
      },
    }),
  ];
}
