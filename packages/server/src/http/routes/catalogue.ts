import { catalogueItems, itemSorts } from '@throughline/catalogue/items.ts';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { CatalogueItemWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { list } from '../answers/common.ts';
import { catalogueItem } from '../answers/kinds.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';

/** It changes with the server's version alone, so an hour in the browser is safe; the same for everyone signed in. */
const cached = { 'cache-control': 'private, max-age=3600' };

export function catalogueRoutes({ catalogue }: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/catalogue',
      tag: 'Records',
      summary: 'What a field of the catalogue can point at, with titles',
      access: 'signed-in',
      query: z.strictObject({ of: z.enum(itemSorts) }),
      answers: {
        200: { description: 'Every item of that sort, in its order.', shape: list(catalogueItem) },
      },
      handle: async ({ query }) => {
        const body: ListWire<CatalogueItemWire> = { items: catalogueItems(catalogue, query.of) };
        return { ...ok(body), headers: cached };
      },
    }),
  ];
}
