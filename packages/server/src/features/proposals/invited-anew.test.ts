import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  agentOf,
  closeUnfailed,
  cookieHeaders,
  organisation,
  password,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
} from '../../../test/factories.ts';
import { secretOf } from '../../../test/secret-of.ts';

/** Whoever had a link to an account in their hands is no second hand to it. */
let server: TestServer;
let ann: Agent;
let bob: Agent;
beforeAll(async () => {
  ({ server } = await startedServer());
  const office = await organisation(server, 'Office of two');
  ann = await signedIn(server, office, ['admin'], { name: 'Head of operations' });
  bob = await signedIn(server, office, ['admin'], { name: 'Head of compliance' });
});
afterAll(() => closeUnfailed(server));

const invite = async (who: Agent, email: string, roles: readonly string[]) =>
  (await who.send('POST', '/members', { name: 'New colleague', email, roles })).json();
const again = (who: Agent, id: string) => who.send('POST', `/members/${id}/invitation`);
const confirm = async (who: Agent, id: string) =>
  (await who.send('POST', `/proposals/${id}/confirm`)).statusCode;
const rolesOf = async (id: string) => (await bob.send('GET', `/members/${id}`)).json().roles;
const line = { level: 'severe', dimension: 'residual_risk', holder: { role: 'top-management' } };

async function joined(link: string, id: string): Promise<Agent> {
  const token = secretOf(link);
  const answer = await stranger(server).send('POST', '/invitations/accept', { token, password });
  const cookie = String(answer.headers['set-cookie']).match(/throughline=([^;]+)/)?.[1] ?? '';
  return agentOf(server, cookieHeaders(cookie), ann.organisation, id);
}

test('a link made anew to an administrator’s account waits for another than has it, and opens no second hand', async () => {
  const { member, waits } = await invite(bob, 'dora@example.org', ['admin', 'reader']);
  expect(await confirm(ann, waits)).toBe(200);
  const anew = (await again(ann, member)).json();
  expect([await rolesOf(member), anew.waits]).toEqual([['reader'], expect.any(String)]);
  const dora = await joined(anew.link, member);
  const table = (await ann.send('PUT', '/authority', { grants: [line] })).json().waits;
  expect([await confirm(dora, table), await confirm(ann, anew.waits)]).toEqual([403, 403]);
  expect(await confirm(bob, anew.waits)).toBe(200);
  expect(await rolesOf(member)).toEqual(['admin', 'reader']);
  expect(await confirm(bob, table)).toBe(200);
});

test('nor does who has the link confirm what somebody else proposed for the account', async () => {
  const { member, waits } = await invite(bob, 'eve@example.org', ['admin', 'reader']);
  expect((await again(ann, member)).statusCode).toBe(201);
  expect(await confirm(ann, waits)).toBe(403);
  // Made anew by who proposed it, the other one confirms it.
  expect((await again(bob, member)).statusCode).toBe(201);
  expect(await confirm(ann, waits)).toBe(200);
});

test('whoever made a link anew let the person in, and fills no role by them that the table names', async () => {
  const { member } = await invite(bob, 'carl@example.org', ['reader']);
  const { link } = (await again(ann, member)).json();
  await joined(link, member);
  const raised = await ann.send('PATCH', `/members/${member}`, { roles: ['reader', 'top-management'] });
  expect([raised.statusCode, await rolesOf(member)]).toEqual([202, ['reader']]);
  expect(await confirm(bob, raised.json().waits)).toBe(200);
});
