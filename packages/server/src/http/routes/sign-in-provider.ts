import type { SignInProviderWire } from '@throughline/domain/wire-provider.ts';
import { z } from 'zod';
import { returnAddress } from '../../features/sign-in/provider/begin.ts';
import type { Connections } from '../../features/sign-in/provider/connections.ts';
import {
  endProvider,
  readProviderSettings,
  saveProvider,
  testProvider,
  unlinkAccount,
} from '../../features/sign-in/provider/settings.ts';
import * as answers from '../answers/provider.ts';
import type { Caller } from '../caller.ts';
import { administersNamed, handsOn } from '../present/ability.ts';
import { nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape } from '../shapes.ts';
import { issuerShape, providerShape } from './provider-shapes.ts';

const tag = 'Organisation';
const path = '/sign-in-provider';
/** Who may say who is let in and with which roles administers people: it is no lesser right. */
const access = 'members';

/** How an organisation signs its people in with a provider of its own. */
export function signInProviderRoutes(services: HttpServices, connections: Connections): Route[] {
  const { store } = services;
  const shown = { 200: { description: 'The provider.', shape: answers.signInProvider } };
  return [
    route({
      method: 'GET',
      path,
      tag,
      summary: 'The sign-in provider of the organisation, without its secret',
      access,
      answers: shown,
      handle: async (call) => ok(await presented(services, call.caller)),
    }),
    route({
      method: 'PUT',
      path,
      tag,
      summary: 'Sets the sign-in provider, whole; a secret that is left out stays',
      access,
      body: providerShape,
      answers: shown,
      handle: async (call) => {
        const { secret, ...settings } = call.body;
        await saveProvider(services, call.change(), settings, secret);
        return ok(await presented(services, call.caller));
      },
    }),
    route({
      method: 'DELETE',
      path,
      tag,
      summary: 'Removes the sign-in provider and its secret',
      access,
      answers: { 204: { description: 'Removed.' } },
      handle: async (call) => {
        await endProvider(store, call.change());
        return nothing;
      },
    }),
    route({
      method: 'POST',
      path: `${path}/test`,
      tag,
      summary: 'Asks a provider what it says of itself, and keeps nothing',
      access,
      body: z.strictObject({ issuer: issuerShape }),
      answers: { 200: { description: 'What it says.', shape: answers.discovered } },
      perMinute: 20,
      handle: async (call) => ok(await testProvider(connections, call.body.issuer, call.now)),
    }),
    route({
      method: 'DELETE',
      path: '/members/:id/outside/:identity',
      tag: 'People',
      summary: 'Unlinks an account at the sign-in provider from a member; roles that came by it go',
      access,
      params: z.strictObject({ id: idShape, identity: idShape }),
      answers: { 204: { description: 'Unlinked.' } },
      handle: async (call) => {
        const { id: member, identity } = call.params;
        await unlinkAccount(store, call.change(), { member, identity });
        return nothing;
      },
    }),
  ];
}

async function presented(services: HttpServices, caller: Caller): Promise<SignInProviderWire> {
  const { publicUrl } = services.config;
  const { found, leads } = await readProviderSettings(services, caller);
  return {
    redirect: returnAddress(publicUrl),
    signIn: `${publicUrl}/sign-in/`,
    leads,
    provider: found
      ? { id: found.id, ...found.settings, secret: found.secretState, linked: found.linked }
      : null,
    abilities: { edit: await administersNamed(services, caller, 'members', handsOn) },
  };
}
