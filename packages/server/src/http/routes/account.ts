import { z } from 'zod';
import {
  changePassword,
  endOtherSessions,
  endOwnSession,
  readAccount,
} from '../../features/sign-in/account.ts';
import type { Attempts } from '../../features/sign-in/attempts.ts';
import type { Requested } from '../../features/sign-in/begin.ts';
import type { SessionIdentity } from '../../features/sign-in/identify.ts';
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
import { type Answer, type Call, created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, lineShape, passwordShape } from '../shapes.ts';
import { requested, sessionOfCaller } from '../signed-in.ts';
import { newPasskeyShape, shownShape } from './shown.ts';

const tag = 'Your account';
const step = lineShape(200);
const byId = z.strictObject({ id: idShape });
const done = { 204: { description: 'Done.' } };
const own = { tag, access: 'signed-in' } as const;
/** Whoever holds a session asks this often in a minute at most, where a password or a code is compared. */
const compared = { ...own, perMinute: 120 } as const;

/** Whose account it is, and what a change of it says of the request. */
const askerOf = (call: Call): [session: SessionIdentity, asked: Requested] => [
  sessionOfCaller(call.caller),
  requested(call),
];

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
      ...own,
      method: 'GET',
      path: '/account',
      summary: 'How you sign in, and where you are signed in',
      answers: { 200: { description: 'Your account.', shape: answers.account } },
      handle: async ({ caller, now }) => {
        const session = sessionOfCaller(caller);
        return ok(accountWire(await readAccount(store, session, now), session.by.session, config.publicUrl));
      },
    }),
    route({
      ...compared,
      method: 'PUT',
      path: '/account/password',
      summary: 'Changes your password and ends your other sessions',
      body: z.strictObject({ current: passwordShape, next: passwordShape }),
      answers: done,
      handle: async (call) => {
        const door = { store, attempts };
        await changePassword(door, sessionOfCaller(call.caller), call.body, requested(call));
        return nothing;
      },
    }),
    route({
      ...own,
      method: 'DELETE',
      path: '/account/sessions/:id',
      summary: 'Ends one of your sessions',
      params: byId,
      answers: done,
      handle: async (call) => {
        await endOwnSession(store, sessionOfCaller(call.caller), call.params.id, requested(call));
        return nothing;
      },
    }),
    route({
      ...own,
      method: 'DELETE',
      path: '/account/sessions',
      summary: 'Ends all your sessions but this one',
      answers: done,
      handle: async (call) => {
        await endOtherSessions(store, ...askerOf(call));
        return nothing;
      },
    }),
  ];
}

function proofRoutes(services: HttpServices, attempts: Attempts): Route[] {
  const door = { ...services, attempts };
  return [
    route({
      ...compared,
      method: 'POST',
      path: '/session/proof/begin',
      summary: 'What you can show to prove once more that it is you',
      answers: { 200: { description: 'What is asked for.', shape: answers.step } },
      handle: async (call) => ok(await askProof(door, ...askerOf(call))),
    }),
    route({
      ...compared,
      method: 'POST',
      path: '/session/proof',
      summary: 'Proves once more that it is you; the password alone where you have no second factor',
      body: z.strictObject({ step, password: passwordShape.optional(), ...shownShape }),
      answers: done,
      handle: async (call) => {
        await prove(door, sessionOfCaller(call.caller), call.body, requested(call));
        return nothing;
      },
    }),
  ];
}

const added = ({ factor, recoveryCodes }: Added, { caller }: Call): Answer =>
  created({ factor: factorWire(factor, sessionOfCaller(caller).by.member), recoveryCodes });

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
      ...compared,
      method: 'POST',
      path: '/account/totp/begin',
      summary: 'Makes a secret for an authenticator; it counts once a code of it is shown',
      answers: { 200: { description: 'The secret, shown this once.', shape: answers.newTotp } },
      handle: async (call) => ok(await beginTotp(services, ...askerOf(call))),
    }),
    route({
      ...compared,
      method: 'POST',
      path: '/account/totp',
      summary: 'Adds an authenticator by the first code that it shows',
      body: z.strictObject({ step, name: lineShape(60), code: lineShape(20) }),
      answers: addedAnswer,
      handle: async (call) => {
        const [session, asked] = askerOf(call);
        return added(await confirmTotp(services, session, call.body, asked), call);
      },
    }),
    route({
      ...compared,
      method: 'POST',
      path: '/account/recovery-codes',
      summary: 'Puts new recovery codes in the place of the old ones',
      answers: { 201: { description: 'The codes, shown this once.', shape: answers.recoveryCodes } },
      handle: async (call) => {
        const codes = await renewRecoveryCodes(store, ...askerOf(call));
        return created({ codes });
      },
    }),
    route({
      ...own,
      method: 'DELETE',
      path: '/account/factors/:id',
      summary: 'Takes an authenticator or a passkey away; with the last one, recovery codes too',
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
      ...compared,
      method: 'POST',
      path: '/account/passkeys/begin',
      summary: 'Asks your browser for a new passkey',
      answers: { 200: { description: 'What the browser is asked for.', shape: answers.newPasskey } },
      handle: async (call) => ok(await beginPasskey(services, ...askerOf(call))),
    }),
    route({
      ...compared,
      method: 'POST',
      path: '/account/passkeys',
      summary: 'Adds the passkey that your browser made',
      body: z.strictObject({ step, name: lineShape(60), passkey: newPasskeyShape }),
      answers: addedAnswer,
      handle: async (call) => {
        const [session, asked] = askerOf(call);
        return added(await addPasskey(services, session, call.body, asked), call);
      },
    }),
  ];
}
