import { DomainError } from '@throughline/domain/errors.ts';
import type { SetupWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { Attempts } from '../../features/sign-in/attempts.ts';
import { type Started, setUp, setupState } from '../../features/sign-in/first-run.ts';
import { identifySession } from '../../features/sign-in/identify.ts';
import { acceptInvitation, invitationState } from '../../features/sign-in/invitation.ts';
import { signIn, signOut } from '../../features/sign-in/sign-in.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import { cookieName } from '../credentials.ts';
import { meWire } from '../present/me.ts';
import { type Answer, nothing, type OpenCall, ok, openRoute, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { emailShape, idShape, lineShape, passwordShape } from '../shapes.ts';

const tag = 'Signing in';
const secret = lineShape(200);
const requested = (call: OpenCall) => ({ at: call.now, id: call.id, ip: call.ip });
/** One place may ask this often in a minute, before anyone is known: a password costs the server 20 ms and 19 MiB. */
const perMinute = 120;

export function signInRoutes(services: HttpServices): Route[] {
  const attempts = new Attempts();
  return [
    ...setupRoutes(services),
    ...sessionRoutes(services, attempts),
    ...invitationRoutes(services, attempts),
  ];
}

function setupRoutes(services: HttpServices): Route[] {
  const { store } = services;
  return [
    openRoute({
      method: 'GET',
      path: '/setup',
      tag,
      summary: 'Whether the first administrator is missing, and what the link in hand is worth',
      query: z.strictObject({ token: secret.optional() }),
      answers: { 200: { description: 'The state of the first run.', shape: people.setup } },
      perMinute,
      handle: async (call) => {
        const { needed, link } = await setupState(store, call.query.token, call.now);
        const answer: SetupWire & { link: typeof link } = {
          needed,
          allowed: needed && link === 'usable',
          link,
        };
        return ok(answer);
      },
    }),
    openRoute({
      method: 'POST',
      path: '/setup',
      tag,
      summary: 'Makes the organisation and its first administrator, and signs them in',
      body: z.strictObject({
        token: secret,
        organisation: z.strictObject({ name: lineShape(200), timeZone: lineShape(60) }),
        person: z.strictObject({ name: lineShape(200), email: emailShape, password: passwordShape }),
      }),
      answers: { 201: { description: 'Signed in; the session is in the cookie.', shape: common.me } },
      perMinute,
      handle: async (call) => {
        const started = await setUp(store, call.body, requested(call));
        return signedIn(services, started, 201);
      },
    }),
  ];
}

function sessionRoutes(services: HttpServices, attempts: Attempts): Route[] {
  const { store } = services;
  return [
    route({
      method: 'GET',
      path: '/session',
      tag,
      summary: 'Who you are',
      access: 'signed-in',
      answers: { 200: { description: 'The caller.', shape: common.me } },
      handle: async (call) => ok(await meWire(store, call.caller)),
    }),
    openRoute({
      method: 'POST',
      path: '/session',
      tag,
      summary: 'Signs in with address and password',
      body: z.strictObject({ email: emailShape, password: passwordShape, organisation: idShape.optional() }),
      answers: { 200: { description: 'Signed in; the session is in the cookie.', shape: common.me } },
      perMinute,
      handle: async (call) => {
        const cookie = call.request.cookies[cookieName];
        const before = cookie ? await identifySession(services, cookie) : null;
        return signedIn(services, await signIn({ store, attempts }, call.body, requested(call), before), 200);
      },
    }),
    route({
      method: 'DELETE',
      path: '/session',
      tag,
      summary: 'Signs out',
      access: 'signed-in',
      answers: { 204: { description: 'Signed out.' } },
      handle: async (call) => {
        const { by, organisation, actor } = call.caller;
        if (by.type === 'token' || actor.type !== 'person')
          throw new DomainError('conflict', 'A token has no session. Take it back under the tokens.');
        await signOut(store, { organisation, actor, by }, { at: call.now, id: call.id });
        return { ...nothing, cookie: 'clear' };
      },
    }),
  ];
}

function invitationRoutes(services: HttpServices, attempts: Attempts): Route[] {
  const { store } = services;
  return [
    openRoute({
      method: 'GET',
      path: '/invitations',
      tag,
      summary: 'What an invitation is worth, and whom it is for',
      query: z.strictObject({ token: secret }),
      answers: { 200: { description: 'The invitation.', shape: people.invitation } },
      perMinute,
      handle: async (call) => ok(await invitationState(store, call.query.token, call.now)),
    }),
    openRoute({
      method: 'POST',
      path: '/invitations/accept',
      tag,
      summary: 'Accepts an invitation with a password, and signs in',
      body: z.strictObject({ token: secret, password: passwordShape }),
      answers: { 201: { description: 'Signed in; the session is in the cookie.', shape: common.me } },
      perMinute,
      handle: async (call) =>
        signedIn(services, await acceptInvitation({ store, attempts }, call.body, requested(call)), 201),
    }),
  ];
}

async function signedIn(services: HttpServices, started: Started, status: number): Promise<Answer> {
  const caller = await identifySession(services, started.token);
  if (!caller) throw new Error('A session that just began cannot be found');
  const cookie = { token: started.token, expiresAt: started.cookieUntil };
  return { status, body: await meWire(services.store, caller), cookie };
}
