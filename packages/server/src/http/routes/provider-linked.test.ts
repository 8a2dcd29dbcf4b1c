import { usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  password,
  record,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { openidProvider, type TestProvider } from '../../../test/openid-provider.ts';
import { comesBy, inBy } from '../../../test/provider-door.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';

// An administrator may set up a provider of their own, and have it say that somebody is any member of before. Who comes
// so decides nothing, until the member shows something of their own there, or another administrator says that it is them.
let server: TestServer;
let admin: Agent;
let second: Agent;
let provider: TestProvider;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
let address: string;
let people = 0;

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  admin = await firstAdministrator(server);
  second = await signedIn(server, admin.organisation, ['admin']);
  provider = await openidProvider('http://127.0.0.1:4270/sign-in/return');
  await sets(admin, { provesPresence: true });
});
afterAll(async () => {
  signing.close();
  await provider.close();
  await closeUnfailed(server);
});

async function sets(who: Agent, more: object): Promise<void> {
  const { issuer, client } = provider;
  const answer = await who.send('PUT', '/sign-in-provider', {
    ...{ ...usualProvider, issuer, clientId: client.clientId, secret: client.secret },
    ...{ text: 'Staff account', offered: true, address: 'harbour', linksByMail: true, ...more },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  address = answer.json().provider.address;
}

async function approver() {
  const sent = { subject: `${++people}`, email: `approver-${people}@example.org` };
  const { id } = await signedIn(server, admin.organisation, ['top-management'], sent);
  return { ...sent, id };
}
const enters = async (who: Awaited<ReturnType<typeof approver>>) =>
  inBy(server, await comesBy(server, provider, address, who));

const managing = async () => signedIn(server, admin.organisation, ['aims-manager']);
/** Has somebody approve a document that another wrote and submitted. */
async function approves(who: Agent): Promise<readonly [status: number, code: string | undefined]> {
  const author = await managing();
  const made = await record(author, 'documents', {
    ...{ name: `Procedure ${++people}`, type: 'procedure', location: 'https://files.example/procedure' },
  });
  const { version, proof } = (await author.send('GET', `/documents/${made.ref}`)).json();
  const act = { version, digest: proof.digest };
  const path = `/documents/${made.ref}/approvals`;
  expect((await author.send('POST', path, { act: 'submit', ...act })).statusCode).toBeLessThan(300);
  const answer = await who.send('POST', path, { act: 'approve', ...act });
  return [answer.statusCode, answer.json().code];
}
const openedBy = async (id: string, who: Agent) =>
  (await who.send('GET', '/members')).json().items.find((one: { id: string }) => one.id === id).opened;

test('who was linked by an address alone reads, and decides nothing, however new the word of the provider is', async () => {
  const tom = await approver();
  const come = await enters(tom);
  expect((await come.send('GET', '/documents')).statusCode).toBe(200);
  expect(await approves(come)).toEqual([403, 'step-up']);
  expect((await come.send('POST', '/session/proof/begin')).json().methods).not.toContain('provider');
  // Coming again proves no more than coming once.
  expect(await approves(await enters(tom))).toEqual([403, 'step-up']);
});

test('their own sign-in says nothing of the account at the provider, and is as good as before', async () => {
  const tom = await approver();
  await enters(tom);
  const { email } = tom;
  const by = await server.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { email, password },
  });
  expect(by.statusCode).toBe(200);
  expect(await approves(await enters(tom))).toEqual([403, 'step-up']);
});

test('once they show something of their own there, it decides from then on', async () => {
  const tom = await approver();
  const come = await enters(tom);
  const { step } = (await come.send('POST', '/session/proof/begin')).json();
  expect((await come.send('POST', '/session/proof', { step, password })).statusCode).toBe(204);
  expect((await approves(come))[0]).toBe(200);
  expect((await approves(await enters(tom)))[0]).toBe(200);
});

test('another administrator than who set the issuer says that it is them, whoever saved it since', async () => {
  await sets(second, {});
  const tom = await approver();
  const come = await enters(tom);
  expect(await openedBy(tom.id, admin)).toMatchObject({ vouch: false });
  expect(await openedBy(tom.id, second)).toMatchObject({ vouch: true, linked: true });
  expect((await admin.send('POST', `/members/${tom.id}/vouch`)).statusCode).toBe(403);
  expect((await second.send('POST', `/members/${tom.id}/vouch`)).statusCode).toBe(204);
  expect(await openedBy(tom.id, second)).toBeUndefined();
  expect((await approves(come))[0]).toBe(200);
});

test('an account that is unlinked lets nobody go on by it: not to decide what it could not decide while it stood', async () => {
  for (const unlinking of ['by themselves', 'by an administrator']) {
    const tom = await approver();
    const come = await enters(tom);
    const { outside } = (await come.send('GET', '/account')).json();
    const [identity] = outside as { id: string }[];
    const [who, path] =
      unlinking === 'by themselves'
        ? [come, `/account/outside/${identity?.id}`]
        : [admin, `/members/${tom.id}/outside/${identity?.id}`];
    expect((await who.send('DELETE', path)).statusCode).toBe(204);
    expect(await approves(come)).toEqual([401, 'unauthenticated']);
  }
});

test('who joined by the provider, or linked it by their own hand, is asked for nothing more', async () => {
  await sets(admin, { newMembers: 'anyone', newRoles: ['aims-manager'] });
  const joined = { subject: 'new', email: 'new@example.org' };
  const come = inBy(server, await comesBy(server, provider, address, joined));
  const answer = await come.send('POST', `/members/${come.id}/export`);
  expect(answer.statusCode, answer.body).toBe(202);
});

test('all of it stands in the log, and the log verifies', async () => {
  const { rows } = await server.store.owner.query<{ act: string }>(
    `select act from entry where act = 'outside.changed' order by seq`,
  );
  expect(rows).toHaveLength(2);
  await publish(server, signing);
  expect(await found(server, admin.organisation)).toEqual([]);
});
