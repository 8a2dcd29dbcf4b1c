import { usualProvider } from '@throughline/domain/provider.ts';
import { provisioningScope } from '@throughline/domain/token-scope.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  proveAgain,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { openidProvider, type TestProvider } from '../../../test/openid-provider.ts';
import { comesBy, inBy } from '../../../test/provider-door.ts';
import { type Provider, patchOf, providerBy } from '../../../test/scim.ts';

// One administrator set the provider, and another made the token of provisioning. Whoever says at which addresses a
// member is reached says by whose account at the provider they are linked.
let server: TestServer;
let admin: Agent;
let second: Agent;
let third: Agent;
let provider: TestProvider;
let idp: Provider;
let address: string;
let people = 0;

beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  second = await signedIn(server, admin.organisation, ['admin']);
  third = await signedIn(server, admin.organisation, ['admin']);
  provider = await openidProvider('http://127.0.0.1:4270/sign-in/return');
  const { issuer, client } = provider;
  const set = await second.send('PUT', '/sign-in-provider', {
    ...{ ...usualProvider, issuer, clientId: client.clientId, secret: client.secret },
    ...{ text: 'Staff account', offered: true, address: 'harbour', linksByMail: true },
  });
  address = set.json().provider.address;
  const made = await admin.send('POST', '/tokens', {
    name: 'Directory',
    roles: [],
    scope: provisioningScope,
  });
  idp = providerBy(server, { id: '', headers: { authorization: `Bearer ${made.json().secret}` } });
});
afterAll(async () => {
  await provider.close();
  await closeUnfailed(server);
});

async function approver() {
  const sent = { subject: `${++people}`, email: `approver-${people}@example.org` };
  const { id } = await signedIn(server, admin.organisation, ['top-management'], sent);
  return { ...sent, id };
}
const comes = async (who: { subject: string; email: string }) =>
  inBy(server, await comesBy(server, provider, address, who));
const vouches = async (who: Agent, id: string) => (await who.send('POST', `/members/${id}/vouch`)).statusCode;
const mayVouch = async (who: Agent, id: string): Promise<boolean> =>
  (await who.send('GET', '/members')).json().items.find((one: { id: string }) => one.id === id).opened?.vouch;

test('whoever made the token that said the address vouches for nobody who came by it', async () => {
  const tom = await approver();
  const alias = `alias-${people}@example.org`;
  const said = patchOf({ op: 'add', path: 'emails', value: [{ value: alias }] });
  expect((await idp.send('PATCH', `/Users/${tom.id}`, said)).statusCode).toBe(200);
  expect((await comes({ subject: `of ${alias}`, email: alias })).id).toBe(tom.id);
  for (const one of [admin, second]) {
    expect(await mayVouch(one, tom.id)).toBe(false);
    expect(await vouches(one, tom.id)).toBe(403);
  }
  expect(await mayVouch(third, tom.id)).toBe(true);
  expect(await vouches(third, tom.id)).toBe(204);
});

test('who came by the address of their own login is vouched for by whoever did not set the provider', async () => {
  const tom = await approver();
  const said = patchOf({ op: 'add', path: 'emails', value: [{ value: `other-${people}@example.org` }] });
  expect((await idp.send('PATCH', `/Users/${tom.id}`, said)).statusCode).toBe(200);
  await comes(tom);
  expect(await vouches(second, tom.id)).toBe(403);
  expect(await vouches(admin, tom.id)).toBe(204);
});

test('what its owner shows vouches for no second account that an address linked to them, and nobody else does', async () => {
  const tom = await approver();
  const alias = `alias-${people}@example.org`;
  await idp.send(
    'PATCH',
    `/Users/${tom.id}`,
    patchOf({ op: 'add', path: 'emails', value: [{ value: alias }] }),
  );
  const stranger = await comes({ subject: `of ${alias}`, email: alias });
  const decides = async (who: Agent) => (await who.send('POST', `/members/${tom.id}/export`)).statusCode;
  const own = await comes(tom);
  await proveAgain(own);
  expect([await decides(own), await decides(stranger)]).toEqual([202, 403]);
  expect(await vouches(third, tom.id)).toBe(409);
  const { outside } = (await own.send('GET', '/account')).json();
  const strange = outside.find((one: { address: string }) => one.address === alias);
  expect((await own.send('DELETE', `/account/outside/${strange.id}`)).statusCode).toBe(204);
  expect(await decides(stranger)).toBe(401);
  await proveAgain(await comes(tom));
  expect(await decides(await comes(tom))).toBe(202);
});

test('whom two hands invited comes by the address of the invitation, and nobody in their place by one said beside it', async () => {
  const email = `invited-${++people}@example.org`;
  const invited = { name: 'Head of risk', email, roles: ['reader'] };
  const { member } = (await admin.send('POST', '/members', invited)).json();
  const alias = `alias-${people}@example.org`;
  const said = patchOf({ op: 'add', path: 'emails', value: [{ value: alias }] });
  expect((await idp.send('PATCH', `/Users/${member}`, said)).statusCode).toBe(200);
  const line = { level: 'severe', dimension: 'residual_risk', holder: { role: 'risk-owner' } };
  const agree = async (waits: string) =>
    expect((await second.send('POST', `/proposals/${waits}/confirm`)).statusCode).toBe(200);
  await agree((await admin.send('PUT', '/authority', { grants: [line] })).json().waits);
  const given = await admin.send('PATCH', `/members/${member}`, { roles: ['risk-owner', 'reader'] });
  const stranger = { subject: `of ${alias}`, email: alias };
  expect((await comesBy(server, provider, address, stranger)).statusCode).toBe(403);
  await agree(given.json().waits);
  const refused = await comesBy(server, provider, address, stranger);
  expect(refused.statusCode).toBe(403);
  expect(refused.json().detail).toContain('with the address of the invitation');
  expect((await comes({ subject: `${people}`, email })).id).toBe(member);
});

test('who came by the provider alone gets rid of a second account that an address linked to them, and it not of theirs', async () => {
  const email = `joined-${++people}@example.org`;
  const alias = `alias-${people}@example.org`;
  await admin.send('POST', '/members', { name: 'Head of claims', email, roles: ['contributor'] });
  const own = { subject: `${people}`, email };
  const { id } = await comes(own);
  const said = patchOf({ op: 'add', path: 'emails', value: [{ value: alias }] });
  expect((await idp.send('PATCH', `/Users/${id}`, said)).statusCode).toBe(200);
  const stranger = await comes({ subject: `of ${alias}`, email: alias });
  const decides = async (who: Agent) => (await who.send('POST', `/members/${id}/export`)).statusCode;
  expect([await decides(await comes(own)), await decides(stranger)]).toEqual([403, 403]);
  const { outside } = (await stranger.send('GET', '/account')).json();
  const unlinks = async (who: Agent, which: string) => {
    const one = outside.find((linked: { address: string }) => linked.address === which);
    return (await who.send('DELETE', `/account/outside/${one.id}`)).statusCode;
  };
  expect(await unlinks(stranger, email)).toBe(409);
  expect(await unlinks(await comes(own), alias)).toBe(204);
  expect([await decides(await comes(own)), await decides(stranger)]).toEqual([202, 401]);
  expect(await unlinks(await comes(own), email)).toBe(409);
});
