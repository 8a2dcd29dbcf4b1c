import { roles } from '@throughline/domain/permissions.ts';
import { expect } from 'vitest';
import { alsoIn, organisation, password, signedIn } from '../factories.ts';
import { secretOf } from '../secret-of.ts';
import { address, invited } from './invited.ts';
import { nowhereId, type Rows } from './row.ts';
import type { World } from './world.ts';

let elsewhere: string | undefined;
const invitation = async (world: World) => secretOf((await invited(world)).link);

/** Setting up, signing in and out, going on in another organisation, and following an invitation. */
export const enteringRows: Rows = {
  'GET /setup': {
    path: () => '/setup',
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toEqual({ needed: false, allowed: false, link: null, mail: false }),
  },
  'POST /setup/link': {
    path: () => '/setup/link',
    body: () => ({ token: 'unknown-secret' }),
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toEqual({ needed: false, allowed: false, link: 'unknown', mail: false }),
  },
  'POST /setup': {
    path: () => '/setup',
    body: () => ({
      token: 'secret',
      organisation: { name: 'Second Bank', timeZone: 'Europe/Dublin' },
      person: { name: 'Head of claims', email: address(), password },
    }),
    refused: null,
    // The first run is over; that it works on an empty server is tested beside signing in.
    works: 409,
  },
  'GET /session': {
    path: () => '/session',
    refused: null,
    works: 200,
    says: (answer, world) =>
      expect(answer.json()).toMatchObject({
        member: { id: world.manager.id, you: true },
        token: null,
        organisation: { id: world.manager.organisation, name: 'Example Insurance' },
        roles: ['admin', 'aims-manager'],
      }),
  },
  'POST /session': {
    path: () => '/session',
    body: () => ({ email: address(), password, organisation: nowhereId }),
    refused: null,
    // Nobody of that address: told like a wrong password.
    works: 401,
  },
  'DELETE /session': {
    path: () => '/session',
    by: (world) => signedIn(world.server, world.manager.organisation, ['reader']),
    refused: null,
    works: 204,
    says: (answer) => expect(answer.headers['set-cookie']).toMatch(/^throughline=;/),
  },
  'POST /session/organisation': {
    ...{ roles: Object.fromEntries(roles.map((role) => [role, 404])) },
    path: () => '/session/organisation',
    body: (world) => ({ organisation: elsewhere ?? world.foreigner.organisation }),
    by: async (world) => {
      const [here, there] = [
        await signedIn(world.server, world.manager.organisation, ['reader']),
        await organisation(world.server),
      ];
      await alsoIn(world.server, here, there, ['admin']);
      elsewhere = there;
      return here;
    },
    refused: { as: 'token', who: [] },
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ organisation: { id: elsewhere }, roles: ['admin'] }),
  },
  'POST /invitations/link': {
    thing: invitation,
    path: () => '/invitations/link',
    body: (_world, token) => ({ token }),
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ organisation: 'Example Insurance' }),
  },
  'POST /invitations/accept': {
    thing: invitation,
    path: () => '/invitations/accept',
    body: (_world, token) => ({ token, password }),
    refused: null,
    works: 201,
    says: (answer) =>
      expect(answer.json()).toMatchObject({
        member: { name: 'Head of underwriting', until: '2998-01-31' },
        roles: ['system-owner', 'reader'],
      }),
  },
  // This server sends no mail: the link in hand takes the password.
  'POST /invitations/mail': {
    thing: invitation,
    path: () => '/invitations/mail',
    body: (_world, token) => ({ token }),
    refused: null,
    works: 409,
  },
};
