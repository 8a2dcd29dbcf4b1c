import { mostGraceHours } from '@throughline/domain/token-life.ts';
import { tokenActs } from '@throughline/domain/token-reach.ts';
import { wholeScope } from '@throughline/domain/token-scope.ts';
import type { TokensWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { createToken, endToken, findToken, listTokens, renewToken } from '../../features/tokens/tokens.ts';
import * as people from '../answers/people.ts';
import { administersNamed, lasts } from '../present/ability.ts';
import { tokenWire } from '../present/people.ts';
import { type Call, created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, lineShape, rolesShape } from '../shapes.ts';

const tag = 'Tokens';
const byId = z.strictObject({ id: idShape });
const mostKinds = 100;

const scopeShape = z
  .strictObject({
    kinds: z
      .union([z.literal('all'), z.array(lineShape(60)).min(1).max(mostKinds)], {
        error: 'Kinds are "all" or a list of kinds, such as ["system", "evidence"].',
      })
      .default('all'),
    acts: z
      .union(
        [
          z.enum(['all', 'read-only', 'provisioning']),
          z.array(z.enum(tokenActs)).min(1).max(tokenActs.length),
        ],
        {
          error: `Acts are "all", "read-only", "provisioning" or a list of: ${tokenActs.join(', ')}.`,
        },
      )
      .default('all'),
  })
  .meta({
    description: 'What the token is narrowed to: it reaches what its roles and its scope both allow.',
  });

const momentShape = z.iso
  .datetime({
    offset: true,
    error: 'This is not a moment. Use RFC 3339 with a zone, such as 2026-02-28T09:30:00Z.',
  })
  .transform((text) => new Date(text))
  .optional();

export function tokenRoutes(services: HttpServices): Route[] {
  const answers = { 201: { description: 'The token and its secret.', shape: people.newToken } };
  // The secret is not kept, so it cannot be said again.
  const replay = async (subject: string | null, call: Call) => {
    const found = subject ? await findToken(services, call.caller, subject) : undefined;
    return created({ token: found ? tokenWire(found, call.caller.actor, call.now) : null, secret: null });
  };
  return [
    route({
      method: 'GET',
      path: '/tokens',
      tag,
      summary: 'API tokens, newest first, without their secrets',
      access: 'tokens',
      answers: { 200: { description: 'The tokens.', shape: people.tokens } },
      handle: async ({ caller, now }) => {
        const { tokens, names } = await listTokens(services, caller);
        const make = await administersNamed(services, caller, 'tokens', lasts);
        const items = tokens.map((token) => tokenWire({ token, names }, caller.actor, now));
        return ok({ items, abilities: { make } } satisfies TokensWire);
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
        roles: rolesShape.meta({ description: 'One at least; none for provisioning.' }),
        scope: scopeShape.optional(),
        service: idShape.nullable().optional(),
        expiresAt: momentShape.meta({ description: 'In 90 days where it is left out.' }),
      }),
      answers,
      handle: async (call) => {
        const { name, roles, scope, service, expiresAt } = call.body;
        const made = await createToken(services, call.change(), {
          name,
          roles,
          scope: scope ?? wholeScope,
          service: service ?? null,
          expiresAt,
        });
        return created({ token: tokenWire(made, call.caller.actor, call.now), secret: made.secret });
      },
      replay,
    }),
    route({
      method: 'POST',
      path: '/tokens/:id/rotation',
      tag,
      summary: 'Gives a token another secret, in this answer alone; the one before may work for a while',
      access: 'tokens',
      params: byId,
      body: z.strictObject({
        graceHours: z
          .int()
          .min(0)
          .max(mostGraceHours)
          .default(0)
          .meta({ description: 'How long the secret before still works.' }),
        expiresAt: momentShape.meta({ description: 'Another end; it stays where this is left out.' }),
      }),
      answers,
      handle: async (call) => {
        const { graceHours, expiresAt } = call.body;
        const renewed = await renewToken(services, call.change(), call.params.id, { graceHours, expiresAt });
        return created({ token: tokenWire(renewed, call.caller.actor, call.now), secret: renewed.secret });
      },
      replay,
    }),
    route({
      method: 'DELETE',
      path: '/tokens/:id',
      tag,
      summary: 'Ends a token at once',
      access: 'tokens',
      params: byId,
      answers: { 204: { description: 'Ended.' } },
      handle: async (call) => {
        await endToken(services, call.change(), call.params.id);
        return nothing;
      },
    }),
  ];
}
