import { domainOf } from '@throughline/domain/provider.ts';
import { z } from 'zod';
import type { Attempts } from '../../features/sign-in/attempts.ts';
import { ensureProved } from '../../features/sign-in/presence.ts';
import { arrive } from '../../features/sign-in/provider/arrive.ts';
import {
  type Begun,
  beginOwn,
  beginProvider,
  type ProviderAsked,
  providerButtons,
} from '../../features/sign-in/provider/begin.ts';
import type { Connections } from '../../features/sign-in/provider/connections.ts';
import { unlinkOwn } from '../../features/sign-in/provider/settings.ts';
import * as answers from '../answers/provider.ts';
import { type Answer, nothing, ok, openRoute, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { emailShape, idShape, lineShape } from '../shapes.ts';
import { heldSession, requested, sessionOfCaller, signedIn } from '../signed-in.ts';
import { addressShape } from './provider-shapes.ts';

const tag = 'Signing in';
const perMinute = 120;

/** Only a page of this application: an address that leads elsewhere after signing in is a trap. */
const nextShape = lineShape(2000)
  .refine((value) => /^\/(?![/\\])\S*$/.test(value), 'This is no page here.')
  .meta({ pattern: '^/(?![/\\\\])\\S*$' });

/** By its button, its sign-in address or somebody's mail address. */
const namedShape = z
  .strictObject({
    provider: idShape.optional(),
    address: addressShape.optional(),
    email: emailShape.optional(),
    next: nextShape.optional(),
  })
  .refine(
    (body) => [body.provider, body.address, body.email].filter((one) => one !== undefined).length === 1,
    'Name one of provider, address and email.',
  );

/** An answer of a provider, as it came (OAuth 2.0 §4.1.2): what it is worth is asked later. */
const said = lineShape(4000).optional();
const returnedShape = z.strictObject({
  state: lineShape(200),
  code: said,
  iss: said,
  error: said,
  error_description: said,
  session_state: said,
});

const asked = ({ url, browser }: Begun): Answer => ({ ...ok({ url }), cookie: { keep: browser } });

/** Signing in with a provider of the organisation, and what it does for whoever is signed in already. */
export function providerSessionRoutes(
  services: HttpServices,
  attempts: Attempts,
  connections: Connections,
): Route[] {
  const door = { ...services, attempts, connections };
  const begun = { 200: { description: 'Where the browser goes.', shape: answers.begun } };
  return [
    openRoute({
      method: 'GET',
      path: '/session/providers',
      tag,
      summary: 'Organisations whose button stands on the sign-in page',
      answers: { 200: { description: 'The buttons.', shape: answers.buttons } },
      perMinute,
      handle: async () => ok(await providerButtons(services.store)),
    }),
    openRoute({
      method: 'POST',
      path: '/session/provider',
      tag,
      summary: 'Begins a sign-in with a provider, found by its button, its sign-in address or a mail address',
      body: namedShape,
      answers: begun,
      perMinute,
      handle: async (call) => {
        const { body } = call;
        return asked(await beginProvider(door, namedIn(body), body.next ?? '/', requested(call)));
      },
    }),
    openRoute({
      method: 'POST',
      path: '/session/provider/return',
      tag,
      summary: 'Takes what the browser brings back from a provider',
      body: returnedShape,
      answers: {
        200: { description: 'Signed in, or done for whoever was.', shape: answers.returned },
        202: { description: 'The provider vouches; a second factor is asked for.', shape: answers.asked },
      },
      perMinute,
      handle: async (call) => {
        const arrived = await arrive(door, call.body, requested(call), await heldSession(services, call));
        const { next } = arrived;
        if ('ask' in arrived) return { status: 202, body: { next, ask: arrived.ask } };
        if ('done' in arrived) return ok({ next, me: null, done: arrived.done });
        const entered = await signedIn(services, arrived.started, 200);
        return { ...entered, body: { next, me: entered.body, done: null } };
      },
    }),
    route({
      method: 'POST',
      path: '/session/proof/provider',
      tag,
      summary: 'Begins a proof that it is you, with the provider of your organisation',
      access: 'signed-in',
      body: z.strictObject({ next: nextShape.optional() }),
      answers: begun,
      perMinute,
      handle: async (call) => {
        const { next = '/' } = call.body;
        return asked(await beginOwn(door, sessionOfCaller(call.caller), 'prove', next, requested(call)));
      },
    }),
    route({
      method: 'POST',
      path: '/account/outside',
      tag: 'Your account',
      summary: 'Begins to link your account at the provider of your organisation',
      access: 'signed-in',
      answers: begun,
      perMinute,
      handle: async (call) => {
        const session = sessionOfCaller(call.caller);
        await ensureProved(services.store, session, call.now);
        return asked(await beginOwn(door, session, 'link', '/account', requested(call)));
      },
    }),
    route({
      method: 'DELETE',
      path: '/account/outside/:id',
      tag: 'Your account',
      summary: 'Unlinks your account at the provider of your organisation',
      access: 'signed-in',
      params: z.strictObject({ id: idShape }),
      answers: { 204: { description: 'Done.' } },
      handle: async (call) => {
        await unlinkOwn(services.store, sessionOfCaller(call.caller), call.params.id, requested(call));
        return nothing;
      },
    }),
  ];
}

function namedIn({ provider, address, email }: z.output<typeof namedShape>): ProviderAsked {
  if (provider !== undefined) return { id: provider };
  return address !== undefined ? { address } : { domain: domainOf(email ?? '') };
}
