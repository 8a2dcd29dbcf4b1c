import { usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  alsoIn,
  closeUnfailed,
  firstAdministrator,
  organisation,
  password,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { openidProvider, type TestProvider } from '../../../test/openid-provider.ts';
import { comesBy, inBy } from '../../../test/provider-door.ts';
import { hashPassword } from '../../features/sign-in/password.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { newId, newPersonId } from '../../store/ids.ts';
import { addMember } from '../../store/members.ts';
import { addPerson } from '../../store/people.ts';

// Whoever administers an organisation may run its provider, and so hold a session of any of its members. What such a
// session reads of the person is the same whether or not they belong to another organisation.
let server: TestServer;
let bank: Agent;
let second: Agent;
let insurer: string;
let provider: TestProvider;
let address: string;
let people = 0;
const redirect = 'http://127.0.0.1:4270/sign-in/return';

beforeAll(async () => {
  server = await testServer();
  bank = await firstAdministrator(server);
  second = await signedIn(server, bank.organisation, ['admin']);
  insurer = await organisation(server, 'Harbour Insurance');
  provider = await openidProvider(redirect);
  await sets({});
});
afterAll(async () => {
  await provider.close();
  await closeUnfailed(server);
});

async function sets(more: object): Promise<void> {
  const { issuer, client } = provider;
  const answer = await bank.send('PUT', '/sign-in-provider', {
    ...{ ...usualProvider, issuer, clientId: client.clientId, secret: client.secret },
    ...{ text: 'Staff account', offered: true, address: 'harbour', linksByMail: true, ...more },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  address = answer.json().provider.address;
}

type Guest = { readonly email: string; readonly subject: string; readonly member: string };
const newGuest = () => ({ email: `guest-${++people}@example.org`, subject: `${people}` });

/** Who belongs to the bank alone, with a password and no factor. */
async function here(): Promise<Guest> {
  const guest = newGuest();
  const [person, member, at] = [newPersonId(), newId(), server.services.clock()];
  const passwordHash = await hashPassword(password);
  const ctx = { organisation: bank.organisation, actor: { type: 'rule', rule: 'test' }, at } as const;
  await server.store.change({ ...ctx, because: null, request: null }, async (write) => {
    await addPerson(write, { id: person, email: guest.email, passwordHash });
    await addMember(write, { id: member, person, name: 'Guest', roles: ['reader'], until: null });
  });
  return { ...guest, member };
}

/** Who was at the insurer before, with a password and a factor of theirs. */
async function elsewhere() {
  const guest = newGuest();
  const there = await signedIn(server, insurer, ['reader'], { email: guest.email });
  const phone = authenticator(server, there);
  await phone.add();
  return { ...guest, phone, member: await alsoIn(server, there, bank.organisation, ['reader']) };
}

/** Enters the bank on the word of its provider. */
const vouched = (who: Guest) => comesBy(server, provider, address, who);
const vouchedIn = async (who: Guest): Promise<Agent> => inBy(server, await vouched(who));

const exported = async (who: Agent): Promise<string> => {
  const asked = await who.send('POST', `/members/${who.id}/export`);
  expect(asked.statusCode).toBe(202);
  await runJob(server.services, jobHandlers, bank.organisation, asked.json().id);
  return `/members/${who.id}/export/${asked.json().id}`;
};

/** What a session says, apart from ids, moments, digests and whom it is about. */
const alike = (body: string): unknown =>
  JSON.parse(
    body
      .replaceAll(/guest-\d+@/g, 'guest@')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/g, 'id')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, 'moment')
      .replaceAll(/"(subject|index)":("\d+"|\d+)/g, '"$1":0'),
  );

test('enters without being asked for a factor from elsewhere, and reads, shows and reaches the same', async () => {
  const told: unknown[] = [];
  for (const who of [await here(), await elsewhere()]) {
    const agent = await vouchedIn(who);
    const answers = [];
    for (const [method, path, body] of [
      ['GET', '/session', undefined],
      ['GET', '/account', undefined],
      ['POST', '/session/proof/begin', undefined],
      ['POST', '/account/totp/begin', undefined],
      ['POST', '/account/passkeys/begin', undefined],
      ['POST', '/account/recovery-codes', undefined],
      ['PUT', '/account/password', { current: 'not the password at all', next: `${password} again` }],
      ['POST', '/session/organisation', { organisation: insurer }],
    ] as const) {
      const answer = await agent.send(method, path, body);
      const { step: _, passkey: __, ...said } = Object(alike(answer.body));
      answers.push([path, answer.statusCode, said]);
    }
    // Whoever set the provider would be asked for more first; another administrator who says that it is them is not.
    expect((await second.send('POST', `/members/${who.member}/vouch`)).statusCode).toBe(204);
    answers.push(alike((await agent.send('GET', await exported(agent))).body));
    told.push(answers);
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[0]).toMatchObject([
    ['/session', 200, { organisations: [{}] }],
    ['/account', 200, { own: false, passwordSetAt: null, factors: [], recoveryCodes: null }],
    ['/session/proof/begin', 200, { methods: ['password', 'totp', 'passkey', 'recovery'] }],
    ['/account/totp/begin', 403, { code: 'step-up' }],
    ['/account/passkeys/begin', 403, { code: 'step-up' }],
    ['/account/recovery-codes', 403, { code: 'step-up' }],
    ['/account/password', 403, { code: 'step-up' }],
    ['/session/organisation', 403, {}],
    { account: { email: 'guest@example.org' } },
  ]);
});

test('is given no document, and no word of a sign-in, that its owner made by something of their own', async () => {
  const who = await elsewhere();
  const { email } = who;
  const own = await who.phone.signIn({ email, password, organisation: bank.organisation });
  const path = await exported(own);
  expect((await own.send('GET', path)).json().account.organisations).toHaveLength(2);
  const agent = await vouchedIn(who);
  expect((await agent.send('GET', path)).statusCode).toBe(404);
  const { sessions } = (await agent.send('GET', '/account')).json();
  expect(sessions.map((one: { methods: unknown }) => one.methods)).toEqual([['provider'], []]);
});

test('once its owner shows a factor from elsewhere it tells all, and the factor is asked for from then on', async () => {
  const who = await elsewhere();
  const agent = await vouchedIn(who);
  const { step } = (await agent.send('POST', '/session/proof/begin')).json();
  const byPassword = await agent.send('POST', '/session/proof', { step, password });
  expect([byPassword.statusCode, byPassword.json().errors]).toEqual([
    422,
    [{ at: 'password', message: 'You have a second factor. Show a code of it, or your passkey.' }],
  ]);
  expect((await agent.send('POST', '/session/proof', { step, code: who.phone.code() })).statusCode).toBe(204);
  const account = (await agent.send('GET', '/account')).json();
  expect(account).toMatchObject({ own: true, recoveryCodes: 10 });
  expect(account.factors.map((one: { here: boolean }) => one.here)).toEqual([true]);
  expect((await agent.send('GET', '/session')).json().organisations).toHaveLength(2);
  const again = await vouched(who);
  expect([again.statusCode, again.json().ask.methods]).toEqual([202, ['totp', 'recovery']]);
});
