import { z } from 'zod';
import { createToken, endToken, findToken, listTokens } from '../../features/tokens/tokens.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import { tokenWire } from '../present/people.ts';
import { created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, lineShape, rolesShape } from '../shapes.ts';

const tag = 'Tokens';

export function tokenRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/tokens',
      tag,
      summary: 'API tokens, newest first, without their secrets',
      access: 'tokens',
      answers: { 200: { description: 'The tokens.', shape: common.list(people.token) } },
      handle: async (call) => {
        const tokens = await listTokens(services, call.caller.organisation);
        return ok({ items: tokens.map(tokenWire) });
      },
    }),
    route({
      method: 'POST',
      path: '/tokens',
      tag,
      summary: 'Makes an API token; the secret is in this answer alone',
      access: 'tokens',
      body: z.strictObject({
        name: lineShape(200),
        roles: rolesShape.min(1),
        expiresAt: z.iso
          .datetime({
            offset: true,
            error: 'This is not a moment. Use RFC 3339 with a zone, such as 2026-02-28T09:30:00Z.',
          })
          .nullable()
          .optional(),
      }),
      answers: { 201: { description: 'The token and its secret.', shape: people.newToken } },
      handle: async (call) => {
        const { name, roles, expiresAt } = call.body;
        const made = await createToken(services, call.change(), {
          name,
          roles,
          expiresAt: expiresAt ? new Date(expiresAt) : null,
        });
        return created({ token: tokenWire(made.token), secret: made.secret });
      },
      // The secret is not kept, so it cannot be said again.
      replay: async (subject, call) => {
        const token = subject ? await findToken(services, call.caller.organisation, subject) : undefined;
        return created({ token: token ? tokenWire(token) : null, secret: null });
      },
    }),
    route({
      method: 'DELETE',
      path: '/tokens/:id',
      tag,
      summary: 'Ends a token at once',
      access: 'tokens',
      params: z.strictObject({ id: idShape }),
      answers: { 204: { description: 'Ended.' } },
      handle: async (call) => {
        await endToken(services, call.change(), call.params.id);
        return nothing;
      },
    }),
  ];
}
