import { type ProviderSettings, usualProvider } from '@throughline/domain/provider.ts';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  agentOf,
  aloneReason,
  alsoIn,
  closeUnfailed,
  cookieHeaders,
  firstAdministrator,
  organisation,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { openidProvider, type TestProvider } from '../../../test/openid-provider.ts';

let server: TestServer;
let admin: Agent;
let nobody: Agent;
let provider: TestProvider;
/** Where people sign in, with the ending that the server gave it. */
let address: string;

const usual = () => ({
  ...usualProvider,
  issuer: provider.issuer,
  clientId: provider.client.clientId,
  text: 'Staff account',
  scopes: ['profile', 'email', 'groups'],
  offered: true,
  address: 'harbour',
  linksByMail: true,
  groups: [{ group: 'aims', roles: ['aims-manager'] }],
});
const set = async (more: Partial<ProviderSettings> & { secret?: string | null } = {}) => {
  const answer = await admin.send('PUT', '/sign-in-provider', { ...usual(), ...more });
  expect(answer.statusCode, answer.body).toBe(200);
  address = answer.json().provider.address;
};
const person = (email: string, more: Record<string, unknown> = {}) => ({
  ...{ email, email_verified: true, name: 'Head of claims' },
  ...more,
});

beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  nobody = stranger(server);
  provider = await openidProvider('http://127.0.0.1:4270/sign-in/return');
  await set({ secret: provider.client.secret });
});
beforeEach(() => set());
afterAll(async () => {
  await provider.close();
  await closeUnfailed(server);
});

/** Goes to the provider and comes back, in a browser that is new here. */
async function enter(): Promise<LightMyRequestResponse> {
  const begun = await nobody.send('POST', '/session/provider', { address });
  expect(begun.statusCode, begun.body).toBe(200);
  const kept = begun.cookies.find(({ name }) => name === 'throughline-browser')?.value ?? '';
  const headers = { cookie: `throughline-browser=${kept}` };
  return nobody.send('POST', '/session/provider/return', await provider.visit(begun.json().url), { headers });
}

test('an administrator by a group, or as a deputy, is linked by no address either', async () => {
  const email = (who: string) => `${who}@example.org`;
  const grouped = await signedIn(server, admin.organisation, ['reader'], { email: email('grouped') });
  const group = { name: 'Keepers', roles: ['admin'], members: [grouped.id], reason: aloneReason };
  expect((await admin.send('POST', '/groups', group)).statusCode).toBe(201);
  const deputy = await signedIn(server, admin.organisation, ['reader'], { email: email('deputy') });
  const days = { first: inDays(server, 0), last: inDays(server, 7) };
  const named = { absent: admin.id, member: deputy.id, ...days, why: 'Away' };
  expect((await admin.send('POST', '/deputies', named)).statusCode).toBe(201);
  for (const [subject, who] of [
    ['2010', 'grouped'],
    ['2011', 'deputy'],
  ] as const) {
    provider.says(subject, person(email(who)));
    const answer = await enter();
    expect([answer.statusCode, answer.json().facts]).toEqual([403, { entrance: 'administrator' }]);
  }
});

test('the word of a provider with one code after it opens no other organisation: nobody showed what lets them in there', async () => {
  const elsewhere = await organisation(server, 'Fourth');
  const member = await signedIn(server, admin.organisation, ['reader'], { email: 'coded@example.org' });
  await alsoIn(server, member, elsewhere, ['admin']);
  const phone = authenticator(server, member);
  await phone.add();
  provider.says('3010', person('coded@example.org'));
  const asked = await enter();
  const shown = { step: asked.json().ask.step, code: phone.recovery() };
  const entered = await nobody.send('POST', '/session/step', shown);
  expect(entered.statusCode, entered.body).toBe(200);
  const cookie = entered.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  const agent = agentOf(server, cookieHeaders(cookie), admin.organisation, member.id);
  const refused = await agent.send('POST', '/session/organisation', { organisation: elsewhere });
  expect([refused.statusCode, refused.json().detail]).toEqual([
    403,
    'You came in on the word of this organisation. Sign out, and sign in to the other one there.',
  ]);
  expect((await agent.send('GET', '/session')).json().organisation.id).toBe(admin.organisation);
});

test('nothing is linked and no role is given before the second factor is shown, and both are then', async () => {
  const member = await signedIn(server, admin.organisation, ['reader'], { email: 'waits@example.org' });
  const phone = authenticator(server, member);
  await phone.add();
  provider.says('3020', person('waits@example.org', { groups: ['aims'] }));
  const stands = async () => {
    const { items } = (await admin.send('GET', '/members')).json();
    const { roles, outside } = items.find((one: { id: string }) => one.id === member.id);
    return { roles, outside };
  };
  const before = await stands();
  const asked = await enter();
  expect(asked.statusCode, asked.body).toBe(202);
  expect(await stands()).toEqual(before);
  const { step } = asked.json().ask;
  const wrong = await nobody.send('POST', '/session/step', { step, code: '0000-0000-0000-0000' });
  expect(wrong.statusCode).toBe(401);
  expect(await stands()).toEqual(before);
  const entered = await nobody.send('POST', '/session/step', { step, code: phone.recovery() });
  expect(entered.statusCode, entered.body).toBe(200);
  expect(entered.json().roles).toEqual(['aims-manager', 'reader']);
  expect(await stands()).toMatchObject({
    roles: ['aims-manager', 'reader'],
    outside: [{ roles: ['aims-manager'] }],
  });
  provider.says('3020', person('waits@example.org'));
  expect((await enter()).statusCode).toBe(202);
  expect((await stands()).roles).toEqual(['aims-manager', 'reader']);
});

test('whom a provider vouched for does not come in by the code once the provider is offered no more', async () => {
  const member = await signedIn(server, admin.organisation, ['reader'], { email: 'late@example.org' });
  const phone = authenticator(server, member);
  await phone.add();
  provider.says('3021', person('late@example.org'));
  const asked = await enter();
  await set({ offered: false });
  const shown = { step: asked.json().ask.step, code: phone.recovery() };
  expect((await nobody.send('POST', '/session/step', shown)).statusCode).toBe(409);
});
