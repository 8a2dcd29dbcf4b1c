import { z } from 'zod';
import { search } from '../../records/search.ts';
import * as answers from '../answers/records.ts';
import { refWire } from '../present/ref.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { countShape, lineShape } from '../shapes.ts';

export function searchRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/search',
      tag: 'Records',
      summary:
        'Records by words or ref, the best first, grouped by kind; of more than 1,000 matches that many are ranked',
      access: 'signed-in',
      query: z.strictObject({
        q: lineShape(300),
        kind: lineShape(60).optional(),
        limit: countShape(100, 20),
      }),
      answers: { 200: { description: 'What was found.', shape: answers.found } },
      handle: async ({ caller, query }) => {
        const { organisation, actor } = caller;
        const { q: words, kind = null, limit } = query;
        const found = await search(services, { organisation, actor, words, kind, limit });
        const groups = Map.groupBy(found.rows, (row) => row.kind);
        return ok({
          groups: [...groups].map(([name, rows]) => ({
            kind: name,
            items: rows.map((row) => refWire(services.registry, row)),
          })),
          total: found.total,
        });
      },
    }),
  ];
}
