import { DomainError } from '@throughline/domain/errors.ts';
import type { SetupWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import type { Attempts } from '../../features/sign-in/attempts.ts';
import { setUp, setupState } from '../../features/sign-in/first-run.ts';
import { acceptInvitation, invitationState, mailInvitation } from '../../features/sign-in/invitation.ts';
import { askPasskey, signIn, signOut, takeStep } from '../../features/sign-in/sign-in.ts';
import { switchOrganisation } from '../../features/sign-in/switch.ts';
import * as account from '../answers/account.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import { meWire } from '../present/me.ts';
import { nothing, ok, openRoute, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { emailShape, idShape, lineShape, passwordShape } from '../shapes.ts';
import { heldSession, requested, sessionOfCaller, signedIn } from '../signed-in.ts';
import { shownShape } from './shown.ts';

const tag = 'Signing in';
const secret = lineShape(200);
/** One place may ask this often in a minute, before anyone is known: a password costs the server 20 ms and 19 MiB. */
const perMinute = 120;

export function signInRoutes(services: HttpServices, attempts: Attempts): Route[] {
  return [
    ...setupRoutes(services),
    ...sessionRoutes(services, attempts),
    ...invitationRoutes(services, attempts),
  ];
}

function setupRoutes(services: HttpServices): Route[] {
  const { store } = services;
  const answers = { 200: { description: 'The state of the first run.', shape: people.setup } };
  const stateOf = async (token: string | undefined, now: Date) => {
    const { needed, link } = await setupState(store, token, now);
    const allowed = needed && link === 'usable';
    return ok({ needed, allowed, link, mail: services.mail !== undefined } satisfies SetupWire);
  };
  return [
    openRoute({
      method: 'GET',
      path: '/setup',
      tag,
      summary: 'Whether the first administrator is missing',
      answers,
      perMinute,
      handle: async ({ now }) => stateOf(undefined, now),
    }),
    openRoute({
      method: 'POST',
      path: '/setup/link',
      tag,
      summary: 'The same, and what the link in hand is worth; uses nothing up',
      body: z.strictObject({ token: secret }),
      answers,
      perMinute,
      handle: async ({ body, now }) => stateOf(body.token, now),
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
  const door = { ...services, attempts };
  return [
    route({
      method: 'GET',
      path: '/session',
      tag,
      summary: 'Who you are',
      access: 'signed-in',
      answers: { 200: { description: 'The caller.', shape: common.me } },
      handle: async (call) => ok(await meWire(store, call.caller, call.now)),
    }),
    openRoute({
      method: 'POST',
      path: '/session',
      tag,
      summary: 'Signs in with address and password, or answers what the second step asks for',
      body: z.strictObject({ email: emailShape, password: passwordShape, organisation: idShape.optional() }),
      answers: {
        200: { description: 'Signed in; the session is in the cookie.', shape: common.me },
        202: { description: 'The password is right; a second factor is asked for.', shape: account.step },
      },
      perMinute,
      handle: async (call) => {
        const before = await heldSession(services, call);
        return signedIn(services, await signIn(door, call.body, requested(call), before), 200);
      },
    }),
    openRoute({
      method: 'POST',
      path: '/session/passkey',
      tag,
      summary: 'Begins a sign-in by passkey alone',
      answers: { 200: { description: 'What the browser is asked for.', shape: account.step } },
      perMinute,
      handle: async (call) => ok(await askPasskey(door, call.now)),
    }),
    openRoute({
      method: 'POST',
      path: '/session/step',
      tag,
      summary:
        'Takes the step that a sign-in waits for: a code of an authenticator, a recovery code, or a passkey',
      body: z.strictObject({ step: secret, ...shownShape, organisation: idShape.optional() }),
      answers: { 200: { description: 'Signed in; the session is in the cookie.', shape: common.me } },
      perMinute,
      handle: async (call) => {
        const before = await heldSession(services, call);
        return signedIn(services, await takeStep(door, call.body, requested(call), before), 200);
      },
    }),
    route({
      method: 'POST',
      path: '/session/organisation',
      tag,
      summary: 'Goes on in another of your organisations; the session here ends',
      access: 'signed-in',
      body: z.strictObject({ organisation: idShape }),
      answers: { 200: { description: 'Who you are there; the session is in the cookie.', shape: common.me } },
      perMinute,
      handle: async (call) => {
        const session = sessionOfCaller(call.caller);
        const { organisation } = call.body;
        return signedIn(
          services,
          await switchOrganisation(store, session, organisation, requested(call)),
          200,
        );
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
        if (call.caller.by.type === 'token')
          throw new DomainError('conflict', 'A token has no session. Take it back under the tokens.');
        await signOut(store, sessionOfCaller(call.caller), { at: call.now, id: call.id });
        return { ...nothing, cookie: 'clear' };
      },
    }),
  ];
}

function invitationRoutes(services: HttpServices, attempts: Attempts): Route[] {
  return [
    openRoute({
      method: 'POST',
      path: '/invitations/link',
      tag,
      summary: 'What an invitation is worth, and whom it is for; uses nothing up',
      body: z.strictObject({ token: secret }),
      answers: { 200: { description: 'The invitation.', shape: people.invitation } },
      perMinute,
      handle: async (call) => {
        const session = await heldSession(services, call);
        return ok(await invitationState(services, call.body.token, session, call.now));
      },
    }),
    openRoute({
      method: 'POST',
      path: '/invitations/accept',
      tag,
      summary: 'Accepts an invitation, with a password or as who is signed in with its address, and signs in',
      body: z.strictObject({ token: secret, password: passwordShape.optional() }),
      answers: {
        201: { description: 'Signed in; the session is in the cookie.', shape: common.me },
        202: { description: 'Joined; a second factor is asked for to sign in.', shape: account.step },
      },
      perMinute,
      handle: async (call) => {
        const session = await heldSession(services, call);
        const accepted = await acceptInvitation(
          { ...services, attempts },
          { ...call.body, session },
          requested(call),
        );
        return signedIn(services, accepted, 201);
      },
    }),
    openRoute({
      method: 'POST',
      path: '/invitations/mail',
      tag,
      summary: 'Sends the link of an invitation that was handed over to its address',
      body: z.strictObject({ token: secret }),
      answers: { 202: { description: 'A mail goes out.', shape: people.resetAsked } },
      perMinute,
      handle: async (call) => {
        await mailInvitation({ ...services, attempts }, call.body.token, requested(call));
        return { status: 202, body: { mailed: true } };
      },
    }),
  ];
}
