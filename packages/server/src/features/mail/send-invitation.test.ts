import { usualProvider } from '@throughline/domain/provider.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  organisation,
  password,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { linkOf, type Mailbox, openMailbox } from '../../../test/mailbox.ts';
import { aUser, provider } from '../../../test/scim.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { recentJobs } from '../../store/jobs.ts';
import { setProvider } from '../../store/providers.ts';

let server: TestServer;
let admin: Agent;
let mailbox: Mailbox;

beforeEach(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail });
  admin = await firstAdministrator(server);
}, 60_000);

afterEach(async () => {
  await mailbox.close();
  await closeUnfailed(server);
});

const body = { name: 'Head of claims', email: 'claims@example.org', roles: ['reader'] };

async function work(last = false): Promise<void> {
  const jobs = await server.store.readWhole(admin.organisation, (reader) => recentJobs(reader, 5));
  const [open] = jobs.filter((job) => job.ended_at === null);
  if (open) await runJob(server.services, jobHandlers, admin.organisation, open.id, last);
}
const shown = async (id: string): Promise<MemberWire | undefined> =>
  (await admin.send('GET', '/members')).json().items.find((one: MemberWire) => one.id === id);
const linkIn = (mail: string | undefined) => linkOf(mail, '/invitation');

test('an invitation goes to the member by mail, under the configured address, and lets them in', async () => {
  const headers = { host: 'evil.example.net', 'x-forwarded-host': 'evil.example.net' };
  const answer = await admin.send('POST', '/members', body, { headers });
  expect(answer.json()).toMatchObject({ link: null, mailed: true });
  const { member } = answer.json();
  expect(await shown(member)).toMatchObject({ email: body.email, mail: { state: 'sending' } });
  await work();
  expect(await shown(member)).toMatchObject({ mail: { state: 'sent' } });
  expect(mailbox.taken).toHaveLength(1);
  const [mail = ''] = mailbox.taken;
  expect(mail).toMatch(/^From: AIMS <no-reply@aims\.example\.org>/m);
  expect(mail).toMatch(/^To: claims@example\.org/m);
  expect(mail).toMatch(/^Content-Type: text\/plain/m);
  expect(mail).not.toContain('evil.example.net');
  const token = secretOf(linkIn(mail));
  const kept = await server.store.owner.query(
    'select input::text || coalesce(result::text, $1) as said from job',
    [''],
  );
  expect(JSON.stringify(kept.rows)).not.toContain(String(token));
  const nobody = stranger(server);
  expect((await nobody.send('POST', '/invitations/accept', { token, password })).statusCode).toBe(201);
  expect(await shown(member)).not.toHaveProperty('mail');
});

test('whom an identity provider adds is invited too, unless people sign in with a provider of the organisation', async () => {
  const idp = await provider(server, admin.organisation);
  const add = async () => (await idp.send('POST', '/Users', aUser())).json();
  const invited = await add();
  expect(await shown(invited.id)).toMatchObject({ mail: { state: 'sending' } });
  await work();
  expect(mailbox.taken[0]).toContain(`To: ${invited.userName}`);
  const at = server.services.clock();
  const ctx = { organisation: admin.organisation, actor: { type: 'rule', rule: 'test' }, at } as const;
  await server.store.change({ ...ctx, because: null, request: null }, (write) =>
    setProvider(
      write,
      undefined,
      {
        ...usualProvider,
        issuer: 'https://id.example.org',
        clientId: 'aims',
        text: 'Sign in',
        offered: true,
      },
      () => null,
    ),
  );
  const other = await add();
  expect(await shown(other.id)).not.toHaveProperty('mail');
  expect(await shown(other.id)).toMatchObject({ email: other.userName, provisioned: true });
});

test('sent again, the mail before opens nothing; and a link by hand ends both', async () => {
  const { member } = (await admin.send('POST', '/members', body)).json();
  await work();
  await admin.send('POST', `/members/${member}/invitation`, {});
  await work();
  const states = async () => {
    const nobody = stranger(server);
    const asked = mailbox.taken.map((mail) => secretOf(linkIn(mail)));
    return Promise.all(
      asked.map(async (token) => (await nobody.send('POST', '/invitations/link', { token })).json().link),
    );
  };
  expect(await states()).toEqual(['unknown', 'usable']);
  const byHand = (await admin.send('POST', `/members/${member}/invitation?byHand=true`, {})).json();
  expect(byHand).toMatchObject({ mailed: false, link: expect.stringContaining('/invitation#token=') });
  expect(await states()).toEqual(['unknown', 'unknown']);
});

test('a link that was handed over takes no password where mail can show whose the address is, whoever has it', async () => {
  await signedIn(server, await organisation(server, 'Other Bank'), ['reader'], {
    email: 'known@example.org',
  });
  const nobody = stranger(server);
  const answers: unknown[] = [];
  for (const email of ['known@example.org', 'unknown@example.org']) {
    const { member } = (await admin.send('POST', '/members', { ...body, email })).json();
    await work();
    const { link } = (await admin.send('POST', `/members/${member}/invitation?byHand=true`, {})).json();
    const token = secretOf(link);
    const state = (await nobody.send('POST', '/invitations/link', { token })).json();
    expect(state).toMatchObject({ link: 'usable', email, yours: false, byMail: true });
    const said: Awaited<ReturnType<Agent['send']>>[] = [];
    for (const tried of [password, 'not the password of anybody'])
      said.push(await nobody.send('POST', '/invitations/accept', { token, password: tried }));
    said.push(await nobody.send('POST', '/invitations/mail', { token }));
    said.push(await nobody.send('POST', '/invitations/mail', { token }));
    answers.push(said.map((one) => [one.statusCode, one.json().code, one.json().detail, one.json().mailed]));
    const sent = mailbox.taken.length;
    await work();
    await work();
    // Asked for twice, it goes out once, and ends the one in hand.
    expect(mailbox.taken).toHaveLength(sent + 1);
    expect((await nobody.send('POST', '/invitations/link', { token })).json().link).toBe('unknown');
    const own = secretOf(linkIn(mailbox.taken.at(-1)));
    expect((await nobody.send('POST', '/invitations/link', { token: own })).json()).toMatchObject({
      byMail: false,
    });
    if (email.startsWith('known')) {
      // Whoever reads the mailbox joins with the password that the account has, and chooses none.
      const wrong = await nobody.send('POST', '/invitations/accept', {
        token: own,
        password: 'not the password of anybody',
      });
      expect(wrong.statusCode).toBe(401);
    }
    expect((await nobody.send('POST', '/invitations/accept', { token: own, password })).statusCode).toBe(201);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject([
    [409, 'conflict', expect.anything(), undefined],
    [409, 'conflict', expect.anything(), undefined],
    [202, undefined, undefined, true],
    [202, undefined, undefined, true],
  ]);
});

test('whoever is signed in with the address joins by a link that was handed over, for a session proves it too', async () => {
  const bank = await organisation(server, 'Other Bank');
  const guest = await signedIn(server, bank, ['reader'], { email: 'guest@example.org' });
  const { member } = (await admin.send('POST', '/members', { ...body, email: 'guest@example.org' })).json();
  const { link } = (await admin.send('POST', `/members/${member}/invitation?byHand=true`, {})).json();
  const token = secretOf(link);
  expect((await guest.send('POST', '/invitations/link', { token })).json().yours).toBe(true);
  expect((await guest.send('POST', '/invitations/accept', { token })).statusCode).toBe(201);
});

test('what the mail server will never take is shown to the administrator at once', async () => {
  mailbox.refuse = 550;
  const { member } = (await admin.send('POST', '/members', body)).json();
  await work();
  expect((await shown(member))?.mail).toMatchObject({
    state: 'failed',
    message: expect.stringMatching(/^The mail server refused the message: .*No such mailbox/),
  });
});

test('what may go well later is tried again, and shown as failed after the last time', async () => {
  mailbox.refuse = 450;
  const { member } = (await admin.send('POST', '/members', body)).json();
  await expect(work()).rejects.toThrow('The mail server was not reached');
  expect((await shown(member))?.mail).toMatchObject({
    state: 'sending',
    message: expect.stringContaining('It will be tried again.'),
  });
  mailbox.refuse = null;
  await work();
  expect((await shown(member))?.mail?.state).toBe('sent');
  mailbox.refuse = 450;
  await admin.send('POST', `/members/${member}/invitation`, {});
  await work(true);
  expect((await shown(member))?.mail?.state).toBe('failed');
});

test('to whoever left meanwhile nothing is sent', async () => {
  const { member } = (await admin.send('POST', '/members', body)).json();
  await admin.send('PATCH', `/members/${member}`, { active: false });
  await work();
  expect(mailbox.taken).toEqual([]);
});
