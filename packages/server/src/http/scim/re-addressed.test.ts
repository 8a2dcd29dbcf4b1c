import { provisioningScope } from '@throughline/domain/token-scope.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { type Mailbox, openMailbox } from '../../../test/mailbox.ts';
import { type Provider, patchOf, providerBy } from '../../../test/scim.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { recentJobs } from '../../store/jobs.ts';

// An administrator makes a token for provisioning alone, and by it says at which address somebody is invited who never
// came: whoever reads the mail then joins in their place.
let mailbox: Mailbox;
let server: TestServer;
let admin: Agent;
let second: Agent;
let idp: Provider;

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail });
  admin = await firstAdministrator(server);
  second = await signedIn(server, admin.organisation, ['admin'], { name: 'Head of operations' });
  const made = await admin.send('POST', '/tokens', {
    name: 'Directory',
    roles: [],
    scope: provisioningScope,
  });
  idp = providerBy(server, { id: '', headers: { authorization: `Bearer ${made.json().secret}` } });
});
afterAll(async () => {
  await mailbox.close();
  await closeUnfailed(server);
});

async function work(): Promise<void> {
  const jobs = await server.store.readWhole(admin.organisation, (reader) => recentJobs(reader, 20));
  for (const job of jobs.filter((one) => one.ended_at === null))
    await runJob(server.services, jobHandlers, admin.organisation, job.id, false);
}
const to = (value: string) => patchOf({ op: 'replace', path: 'emails', value: [{ value, primary: true }] });
const rolesOf = async (id: string): Promise<string[]> =>
  (await admin.send('GET', `/members/${id}`)).json().roles;

test('whoever says at which other address an administrator is invited who never came, gives them no role by it', async () => {
  const invited = await admin.send('POST', '/members', {
    name: 'Tom',
    email: 'tom@example.org',
    roles: ['admin', 'reader'],
  });
  const { member, waits } = invited.json();
  expect((await second.send('POST', `/proposals/${waits}/confirm`)).statusCode).toBe(200);
  await work();
  expect(await rolesOf(member)).toEqual(['admin', 'reader']);
  const answer = await idp.send('PATCH', `/Users/${member}`, to('alias@example.org'));
  expect([answer.statusCode, answer.json().detail]).toEqual([409, expect.stringContaining('take two hands')]);
  const beside = patchOf({ op: 'add', path: 'emails', value: [{ value: 'alias@example.org' }] });
  expect((await idp.send('PATCH', `/Users/${member}`, beside)).statusCode).toBe(409);
  await work();
  expect(mailbox.taken.map((mail) => mail.match(/^To: (.*)$/m)?.[1]?.trim())).toEqual(['tom@example.org']);
  const { items } = (await admin.send('GET', '/log?act=provisioning.refused')).json();
  expect(items.map((one: { about: { id: string }[] }) => one.about[0]?.id)).toEqual([member, member]);
});

test('the same of who is invited with a role that two hands give, by a group that was made here', async () => {
  const group = await admin.send('POST', '/groups', {
    name: 'Administrators',
    roles: ['admin'],
    members: [],
  });
  await second.send('POST', `/proposals/${group.json().waits}/confirm`);
  const invited = { name: 'Ida', email: 'ida@example.org', roles: ['reader'] };
  const { member } = (await admin.send('POST', '/members', invited)).json();
  const added = await admin.send('PATCH', `/groups/${group.json().id}`, { add: [member] });
  expect((await second.send('POST', `/proposals/${added.json().waits}/confirm`)).statusCode).toBe(200);
  const answer = await idp.send('PATCH', `/Users/${member}`, to('other@example.org'));
  expect(answer.statusCode).toBe(409);
});

test('whoever has no such role is reached where the provider says, and whoever came may be called what it likes', async () => {
  const invited = { name: 'Kim', email: 'kim@example.org', roles: ['reader'] };
  const { member } = (await admin.send('POST', '/members', invited)).json();
  for (const one of [member, second.id])
    expect((await idp.send('PATCH', `/Users/${one}`, to(`${one}@example.net`))).statusCode).toBe(200);
});

test('an address that was said beside the first before two hands gave the role is no place to be invited at after', async () => {
  const invited = { name: 'Max', email: 'max@example.org', roles: ['reader'] };
  const { member } = (await admin.send('POST', '/members', invited)).json();
  const beside = patchOf({ op: 'add', path: 'emails', value: [{ value: 'max@example.net' }] });
  expect((await idp.send('PATCH', `/Users/${member}`, beside)).statusCode).toBe(200);
  const asked = await admin.send('PATCH', `/members/${member}`, { roles: ['admin', 'reader'] });
  expect((await second.send('POST', `/proposals/${asked.json().waits}/confirm`)).statusCode).toBe(200);
  expect((await idp.send('PATCH', `/Users/${member}`, to('max@example.net'))).statusCode).toBe(409);
});

test('nor is the address changed while the second hand is waited for, for a member or for a group', async () => {
  const invite = async (name: string, roles: readonly string[]) =>
    (await admin.send('POST', '/members', { name, email: `${name}@example.org`, roles })).json();
  const alone = await invite('lea', ['admin', 'reader']);
  const { member } = await invite('pia', ['reader']);
  const group = { name: 'Deputies', roles: ['admin'], members: [member] };
  const { waits } = (await admin.send('POST', '/groups', group)).json();
  for (const [id, proposal] of [
    [alone.member, alone.waits],
    [member, waits],
  ]) {
    expect(proposal).toEqual(expect.any(String));
    expect((await idp.send('PATCH', `/Users/${id}`, to(`${id}@example.net`))).statusCode).toBe(409);
    await admin.send('POST', `/proposals/${proposal}/end`, { reason: 'It is not needed any more.' });
    expect((await idp.send('PATCH', `/Users/${id}`, to(`${id}@example.net`))).statusCode).toBe(200);
  }
});
