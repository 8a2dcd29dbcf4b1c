import { expect } from 'vitest';
import { authenticator } from '../authenticator.ts';
import { signedIn } from '../factories.ts';
import { secretOf } from '../secret-of.ts';
import { admins, nowhereId, type Rows } from './row.ts';
import type { World } from './world.ts';

/** Somebody with a password, whom an administrator may help. */
const aPerson = async (world: World) =>
  (await signedIn(world.server, world.manager.organisation, ['reader'])).id;
const resetLink = async (world: World) => {
  const made = await world.manager.send('POST', `/members/${await aPerson(world)}/password-reset`);
  return secretOf(made.json().link);
};

/** How members sign in, as far as administrators have a hand in it, and passwords that are lost. */
export const accessRows: Rows = {
  'POST /password-resets': {
    path: () => '/password-resets',
    body: () => ({ email: 'nobody@example.org' }),
    refused: null,
    // This server sends no mail; that a link goes out is tested beside the route.
    works: 409,
  },
  'POST /password-resets/link': {
    thing: resetLink,
    path: () => '/password-resets/link',
    body: (_world, token) => ({ token }),
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ link: 'usable', organisation: 'Example Insurance' }),
  },
  'POST /password-resets/use': {
    thing: resetLink,
    path: () => '/password-resets/use',
    body: (_world, token) => ({ token, password: 'a long walk along the quay' }),
    refused: null,
    works: 201,
    says: (answer) => expect(answer.json()).toMatchObject({ roles: ['reader'] }),
  },
  'POST /members/:id/password-reset': {
    thing: aPerson,
    path: (id) => `/members/${id}/password-reset?byHand=true`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 201,
    says: (answer, _world, id) =>
      expect(answer.json()).toMatchObject({ member: id, link: expect.stringContaining('/password#token=') }),
  },
  'POST /members/:id/factors-reset': {
    thing: async ({ server, manager }) => {
      const person = await signedIn(server, manager.organisation, ['reader']);
      await authenticator(server, person).add();
      return person.id;
    },
    path: (id) => `/members/${id}/factors-reset`,
    body: () => ({ reason: 'The telephone fell into the lake' }),
    refused: { who: admins },
    nowhere: nowhereId,
    works: 204,
  },
  'POST /members/:id/vouch': {
    thing: async ({ server, manager }) => {
      const person = await signedIn(server, manager.organisation, ['reader']);
      await authenticator(server, person).add();
      const other = await signedIn(server, manager.organisation, ['admin']);
      await other.send('POST', `/members/${person.id}/factors-reset`, { reason: 'The telephone is lost' });
      return person.id;
    },
    path: (id) => `/members/${id}/vouch`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 204,
  },
  'GET /members/:id/sessions': {
    thing: aPerson,
    path: (id) => `/members/${id}/sessions`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 200,
    says: (answer) => expect(answer.json().items).toMatchObject([{ agent: null }]),
  },
  'DELETE /members/:id/sessions': {
    thing: aPerson,
    path: (id) => `/members/${id}/sessions`,
    refused: { who: admins },
    nowhere: nowhereId,
    works: 204,
    says: async (_answer, world, id) =>
      expect((await world.manager.send('GET', `/members/${id}/sessions`)).json().items).toEqual([]),
  },
  'DELETE /members/:id/sessions/:session': {
    thing: async (world) => {
      const id = await aPerson(world);
      const { items } = (await world.manager.send('GET', `/members/${id}/sessions`)).json();
      return `${id}/sessions/${items[0].id}`;
    },
    path: (names) => `/members/${names}`,
    refused: { who: admins },
    nowhere: `${nowhereId}/sessions/${nowhereId}`,
    works: 204,
  },
};
