import { may } from '@throughline/domain/permissions.ts';
import { list } from '../answers/common.ts';
import { kind } from '../answers/kinds.ts';
import { kindWire } from '../present/kind.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';

export function kindRoutes({ registry }: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/kinds',
      tag: 'Records',
      summary: 'The declarations of all registers, with what you may do',
      access: 'signed-in',
      answers: { 200: { description: 'Kinds that you may read.', shape: list(kind) } },
      handle: async ({ caller }) => {
        const readable = registry.kinds.filter((one) => may(caller.actor, one.name, 'read'));
        return ok({ items: readable.map((one) => kindWire(one, caller.actor)) });
      },
    }),
  ];
}
