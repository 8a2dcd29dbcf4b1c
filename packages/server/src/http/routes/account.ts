import { z } from 'zod';
import {
  changePassword,
  endOtherSessions,
  endOwnSession,
  readAccount,
} from '../../features/sign-in/account.ts';
import type { Attempts } from '../../features/sign-in/attempts.ts';
import {
  type Added,
  addPasskey,
  beginPasskey,
  beginTotp,
  confirmTotp,
  removeFactor,
  renewRecoveryCodes,
} from '../../features/sign-in/own-factors.ts';
import { askProof, prove } from '../../features/sign-in/proof.ts';
import * as answers from '../answers/account.ts';
import { accountWire, factorWire } from '../present/account.ts';
import { type Answer, created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, lineShape, passwordShape } from '../shapes.ts';
import { requested, sessionOfCaller } from '../signed-in.ts';
import { newPasskeyShape, shownShape } from './shown.ts';

const tag = 'Your account';
const step = lineShape(200);
const byId = z.strictObject({ id: idShape });
const done = { 204: { description: 'Done.' } };
/** Whoever holds a session asks this often in a minute at most, where a password or a code is compared. */
const perMinute = 120;

/** How one signs in: password, factors, sessions, and proofs in between. */
export function accountRoutes(services: HttpServices, attempts: Attempts): Route[] {
  return [
    ...ownRoutes(services, attempts),
    ...proofRoutes(services, attempts),
    ...factorRoutes(services),
    ...passkeyRoutes(services),
  ];
}

function ownRoutes(services: HttpServices, attempts: Attempts): Route[] {
  const { store, config } = services;
  return [
    route({
      method: 'GET',
      path: '/account',
      tag,
      summary: 'How you sign in, and where you are signed in',
      access: 'signed-in',
      answers: { 200: { description: 'Your account.', shape: answers.account } },
      handle: async ({ caller, now }) => {
        const session = sessionOfCaller(caller);
        return ok(accountWire(await readAccount(store, session, now), session.by.session, config.publicUrl));
      },
    }),
    route({
      method: 'PUT',
      path: '/account/password',
      tag,
      summary: 'Changes your password and ends your other sessions',
      access: 'signed-in',
      body: z.strictObject({ current: passwordShape, next: passwordShape }),
      answers: done,
      perMinute,
      handle: async (call) => {
        const door = { store, attempts };
        await changePassword(door, sessionOfCaller(call.caller), call.body, requested(call));
        return nothing;
      },
    }),
    route({
      method: 'DELETE',
      path: '/account/sessions/:id',
      tag,
      summary: 'Ends one of your sessions',
      access: 'signed-in',
      params: byId,
      answers: done,
      handle: async (call) => {
        await endOwnSession(store, sessionOfCaller(call.caller), call.params.id, requested(call));
        return nothing;
      },
    }),
    route({
      method: 'DELETE',
      path: '/account/sessions',
      tag,
      summary: 'Ends all your sessions but this one',
      access: 'signed-in',
      answers: done,
      handle: async (call) => {
        await endOtherSessions(store, sessionOfCaller(call.caller), requested(call));
        return nothing;
      },
    }),
  ];
}

function proofRoutes(services: HttpServices, attempts: Attempts): Route[] {
  const door = { ...services, attempts };
  return [
    route({
      method: 'POST',
      path: '/session/proof/begin',
      tag,
      summary: 'What you can show to prove once more that it is you',
      access: 'signed-in',
      answers: { 200: { description: 'What is asked for.', shape: answers.step } },
      perMinute,
      handle: async (call) => ok(await askProof(door, sessionOfCaller(call.caller), requested(call))),
    }),
    route({
      method: 'POST',
      path: '/session/proof',
      tag,
      summary: 'Proves once more that it is you; the password alone where you have no second factor',
      access: 'signed-in',
      body: z.strictObject({ step, password: passwordShape.optional(), ...shownShape }),
      answers: done,
      perMinute,
      handle: async (call) => {
        await prove(door, sessionOfCaller(call.caller), call.body, requested(call));
        return nothing;
      },
    }),
  ];
}

const added = ({ factor, recoveryCodes }: Added): Answer =>
  created({ factor: factorWire(factor), recoveryCodes });

const addedAnswer = {
  201: {
    description: 'The factor; with the first one recovery codes, shown this once.',
    shape: answers.addedFactor,
  },
};

function factorRoutes(services: HttpServices): Route[] {
  const { store } = services;
  return [
    route({
      method: 'POST',
      path: '/account/totp/begin',
      tag,
      summary: 'Makes a secret for an authenticator; it counts once a code of it is shown',
      access: 'signed-in',
      answers: { 200: { description: 'The secret, shown this once.', shape: answers.newTotp } },
      perMinute,
      handle: async (call) => ok(await beginTotp(services, sessionOfCaller(call.caller), requested(call))),
    }),
    route({
      method: 'POST',
      path: '/account/totp',
      tag,
      summary: 'Adds an authenticator by the first code that it shows',
      access: 'signed-in',
      body: z.strictObject({ step, name: lineShape(60), code: lineShape(20) }),
      answers: addedAnswer,
      perMinute,
      handle: async (call) => {
        const session = sessionOfCaller(call.caller);
        return added(await confirmTotp(services, session, call.body, requested(call)));
      },
    }),
    route({
      method: 'POST',
      path: '/account/recovery-codes',
      tag,
      summary: 'Puts new recovery codes in the place of the old ones',
      access: 'signed-in',
      answers: { 201: { description: 'The codes, shown this once.', shape: answers.recoveryCodes } },
      perMinute,
      handle: async (call) => {
        const session = sessionOfCaller(call.caller);
        return created({ codes: await renewRecoveryCodes(store, session, requested(call)) });
      },
    }),
    route({
      method: 'DELETE',
      path: '/account/factors/:id',
      tag,
      summary: 'Takes an authenticator or a passkey away; with the last one, recovery codes too',
      access: 'signed-in',
      params: byId,
      answers: done,
      handle: async (call) => {
        await removeFactor(store, sessionOfCaller(call.caller), call.params.id, requested(call));
        return nothing;
      },
    }),
  ];
}

function passkeyRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'POST',
      path: '/account/passkeys/begin',
      tag,
      summary: 'Asks your browser for a new passkey',
      access: 'signed-in',
      answers: { 200: { description: 'What the browser is asked for.', shape: answers.newPasskey } },
      perMinute,
      handle: async (call) => ok(await beginPasskey(services, sessionOfCaller(call.caller), requested(call))),
    }),
    route({
      method: 'POST',
      path: '/account/passkeys',
      tag,
      summary: 'Adds the passkey that your browser made',
      access: 'signed-in',
      body: z.strictObject({ step, name: lineShape(60), passkey: newPasskeyShape }),
      answers: addedAnswer,
      perMinute,
      handle: async (call) => {
        const session = sessionOfCaller(call.caller);
        return added(await addPasskey(services, session, call.body, requested(call)));
      },
    }),
  ];
}
