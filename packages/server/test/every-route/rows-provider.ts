import { roles } from '@throughline/domain/permissions.ts';
import { usualProvider } from '@throughline/domain/provider.ts';
import { expect } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { linkOutside } from '../../src/store/outside-identities.ts';
import { contextOf } from '../verified-world.ts';
import { admins, nowhereId, type Rows } from './row.ts';
import type { World } from './world.ts';

const everybody = (status: number) => Object.fromEntries(roles.map((role) => [role, status]));
const noTokens = { refused: { as: 'token', who: [] } } as const;

const body = () => ({
  ...usualProvider,
  issuer: 'https://login.example.org/tenant',
  clientId: 'throughline',
  secret: 'of the client',
  text: 'Staff account',
  address: 'harbour',
  domains: ['example.org'],
  groups: [{ group: 'aims', roles: ['aims-manager'] }],
  factorValues: ['mfa'],
});
const set = async (world: World) => {
  const answer = await world.manager.send('PUT', '/sign-in-provider', { ...body(), address: null });
  return answer.json().provider.id as string;
};

/** An account elsewhere that is linked to the manager. */
async function linked({ server, manager }: World): Promise<string> {
  const name = { kind: 'openid', source: 'https://login.example.org', subject: newId() } as const;
  const ctx = contextOf(server, manager.organisation);
  const more = { address: null, roles: [] };
  return (await server.store.change(ctx, (write) => linkOutside(write, manager.id, name, more))).id;
}

/** Signing in with a provider: the door, and how an organisation sets it up. That it lets in is tested beside the routes. */
export const providerRows: Rows = {
  'GET /session/providers': {
    path: () => '/session/providers',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toEqual({ items: [], byMail: false }),
  },
  'POST /session/provider': {
    path: () => '/session/provider',
    body: () => ({ address: 'nowhere', next: '/systems' }),
    refused: null,
    works: 404,
  },
  'POST /session/provider/return': {
    path: () => '/session/provider/return',
    body: () => ({
      state: 'unknown',
      code: 'code',
      iss: 'https://login.example.org',
      error: 'access_denied',
      error_description: 'called off',
      session_state: 'x',
    }),
    refused: null,
    works: 409,
  },
  'POST /session/proof/provider': {
    path: () => '/session/proof/provider',
    body: () => ({ next: '/systems' }),
    personal: true,
    roles: everybody(409),
    ...noTokens,
    works: 409,
  },
  'POST /account/outside': {
    path: () => '/account/outside',
    personal: true,
    roles: everybody(409),
    ...noTokens,
    works: 409,
  },
  'DELETE /account/outside/:id': {
    thing: linked,
    path: (id) => `/account/outside/${id}`,
    personal: true,
    roles: everybody(404),
    ...noTokens,
    nowhere: nowhereId,
    works: 204,
    says: async (_answer, world, id) => {
      const { outside } = (await world.manager.send('GET', '/account')).json();
      expect(outside.map((one: { id: string }) => one.id)).not.toContain(id);
    },
  },
  'GET /sign-in-provider': {
    path: () => '/sign-in-provider',
    refused: { who: admins },
    works: 200,
    says: (answer) => expect(answer.json().redirect).toBe('http://127.0.0.1:4270/sign-in/return'),
  },
  'PUT /sign-in-provider': {
    path: () => '/sign-in-provider',
    body,
    refused: { who: admins },
    works: 200,
    says: (answer) => {
      expect(answer.json().provider).toMatchObject({ secret: 'kept', offered: false });
      expect(answer.body).not.toContain('of the client');
    },
  },
  'DELETE /sign-in-provider': {
    thing: set,
    path: () => '/sign-in-provider',
    refused: { who: admins },
    works: 204,
  },
  'POST /sign-in-provider/test': {
    path: () => '/sign-in-provider/test',
    body: () => ({ issuer: 'http://127.0.0.1:9' }),
    refused: { who: admins },
    // Nobody answers there; what one says that does is tested beside the routes.
    works: 422,
  },
  'DELETE /members/:id/outside/:identity': {
    thing: async (world) => `${world.manager.id}/outside/${await linked(world)}`,
    path: (names) => `/members/${names}`,
    refused: { who: admins },
    nowhere: `${nowhereId}/outside/${nowhereId}`,
    works: 204,
  },
};
