import { FactsCache } from '../../features/line/facts.ts';
import { previewWithdrawal } from '../../features/line/preview-withdrawal.ts';
import { withdrawal } from '../answers/withdrawal.ts';
import { refWire } from '../present/ref.ts';
import { namedIn } from '../present/trace.ts';
import { withdrawalWire } from '../present/withdrawal.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { kindOf, ofRecord, tag } from './record-tools.ts';

/** What falls with an approval, said before it is withdrawn. */
export function withdrawalRoutes(services: HttpServices): Route[] {
  const cache = FactsCache.of(services);
  const { registry, catalogue } = services;
  return [
    route({
      method: 'GET',
      path: '/:collection/:ref/withdrawal',
      tag,
      summary:
        'What falls when the approval in force is withdrawn: stations of at most 60 systems that it reaches, and of the organisation',
      access: 'signed-in',
      params: ofRecord,
      answers: { 200: { description: 'What falls, and how much was looked at.', shape: withdrawal } },
      handle: async ({ caller, params }) => {
        const asked = { ...caller, kind: kindOf(services, params), ref: params.ref };
        const found = await previewWithdrawal(services, cache, asked, (results) =>
          namedIn(results.map((one) => ({ ...one, statement: [], unverifiable: [], records: [] }))),
        );
        const refs = new Map([...found.refs].map(([id, row]) => [id, refWire(registry, row)]));
        const names = { registry, catalogue, actor: caller.actor, refs, members: found.members };
        return ok(withdrawalWire(names, found));
      },
    }),
  ];
}
