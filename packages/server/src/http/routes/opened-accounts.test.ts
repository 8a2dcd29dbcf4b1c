import type { ListWire, MemberWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  agentOf,
  closeUnfailed,
  cookieHeaders,
  firstAdministrator,
  organisation,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { linkOf, type Mailbox, openMailbox, plainMail } from '../../../test/mailbox.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { contextOf, found, publish } from '../../../test/verified-world.ts';
import { resetByOperator } from '../../features/members/operate-reset.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { recentJobs } from '../../store/jobs.ts';

let mailbox: Mailbox;
let server: TestServer;
let admin: Agent;
let second: Agent;
let manager: Agent;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
let people = 0;
const next = 'a long walk along the quay';
const reason = 'The telephone fell into the lake';

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail });
  signing = await keyedSigning(server.store);
  admin = await firstAdministrator(server);
  second = await signedIn(server, admin.organisation, ['admin'], { name: 'Head of operations' });
  manager = await signedIn(server, admin.organisation, ['aims-manager']);
});
afterAll(async () => {
  signing.close();
  await mailbox.close();
  await closeUnfailed(server);
});

type Answered = Awaited<ReturnType<Agent['send']>>;
const code = ({ statusCode, body }: Answered) => [statusCode, body === '' ? null : JSON.parse(body).code];
async function somebody(roles: Parameters<typeof signedIn>[2], of = admin.organisation) {
  people += 1;
  const email = `opened-${people}@example.org`;
  return { email, agent: await signedIn(server, of, roles, { email, name: `Person ${people}` }) };
}
const byHand = (who: Agent, of: Agent) => who.send('POST', `/members/${of.id}/password-reset?byHand=true`);
const endFactors = (who: Agent, of: Agent) => who.send('POST', `/members/${of.id}/factors-reset`, { reason });
const vouch = (who: Agent, of: Agent) => who.send('POST', `/members/${of.id}/vouch`);
/** Uses a link, and answers who is signed in by it. */
async function enter(link: string, of: Agent, more: object = {}): Promise<Agent> {
  const sent = { token: secretOf(link), password: next, ...more };
  const entered = await stranger(server).send('POST', '/password-resets/use', sent);
  expect([entered.statusCode, entered.statusCode === 201 ? '' : entered.body]).toEqual([201, '']);
  const cookie = entered.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  return agentOf(server, cookieHeaders(cookie), of.organisation, of.id);
}
const opened = async (of: Agent, who = second) =>
  (await who.send('GET', '/members')).json<ListWire<MemberWire>>().items.find(({ id }) => id === of.id)
    ?.opened;
const acts = async () => {
  const { rows } = await server.store.owner.query<{ body: Buffer }>(
    `select body from entry where act like 'reset.%' order by seq`,
  );
  return rows.map(({ body }) => JSON.parse(body.toString('utf8')));
};
/** A submitted document, and how it is approved. */
async function submitted(by: Agent) {
  const made = await by.send('POST', '/documents', {
    fields: { name: `Document ${people}`, type: 'procedure', location: 'https://files.example/procedure' },
  });
  expect([made.statusCode, made.statusCode === 201 ? '' : made.body]).toEqual([201, '']);
  const {
    ref,
    version,
    proof: { digest },
  } = made.json().record;
  const act = (who: Agent, what: string) =>
    who.send('POST', `/documents/${ref}/approvals`, { act: what, version, digest });
  expect((await act(by, 'submit')).statusCode).toBeLessThan(300);
  const ability = async (who: Agent) => (await who.send('GET', `/documents/${ref}`)).json().abilities.approve;
  return { approve: (who: Agent) => act(who, 'approve'), ability };
}

describe('an account that one administrator alone opened', () => {
  let stranded: Awaited<ReturnType<typeof somebody>>;
  let inside: Agent;

  test('works, and decides nothing, whatever it is given afterwards; it is said why and who could lift it', async () => {
    stranded = await somebody(['reader']);
    const made = await byHand(admin, stranded.agent);
    expect(made.statusCode).toBe(201);
    // Nothing is opened while the link lies there.
    expect(await opened(stranded.agent)).toBeUndefined();
    inside = await enter(made.json().link, stranded.agent);
    expect(await opened(stranded.agent)).toMatchObject({ by: 'Head of compliance', vouch: true });
    expect(await opened(stranded.agent, admin)).toMatchObject({ vouch: false });
    for (const roles of [['top-management', 'aims-manager']])
      expect((await admin.send('PATCH', `/members/${inside.id}`, { roles })).statusCode).toBe(200);
    const one = await submitted(manager);
    const refused = await one.approve(inside);
    expect(code(refused)).toEqual([403, 'forbidden']);
    expect(refused.json().detail).toContain('One administrator alone opened this account');
    expect(await one.ability(inside)).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('One administrator alone'),
      who: ['admin'],
    });
    // Nor is it named as somebody who could.
    const asked = (await one.ability(manager)).people ?? [];
    expect(asked.map(({ id }: { id: string }) => id)).not.toContain(inside.id);
    const grants = [{ level: 'low', dimension: 'release', holder: { member: inside.id } }];
    const until = inDays(server, 1);
    for (const [method, path, body] of [
      ['PUT', '/authority', { grants, reason: 'It is mine to give.' }],
      ['POST', '/duty-waivers', { reason: 'There are only two of us.', until }],
      ['PATCH', '/organisation', { name: 'Mine' }],
      ['POST', '/deputies', { absent: inside.id, member: admin.id, first: until, last: until, why: 'Leave' }],
      ['POST', '/tokens', { name: 'Mine', roles: ['reader'] }],
      ['POST', `/members/${inside.id}/vouch`, undefined],
    ] as const)
      expect([path, ...code(await inside.send(method, path, body))]).toEqual([path, 403, 'forbidden']);
    expect((await inside.send('GET', '/authority')).json().abilities.edit).toMatchObject({ allowed: false });
    // What is no decision goes on, and so does looking after how one signs in.
    const note = await inside.send('POST', '/tasks', {
      fields: { name: 'Look at it', assignee: manager.id },
    });
    expect(note.statusCode).toBe(201);
    expect((await inside.send('GET', '/account')).json().resets).toMatchObject([{ open: true }]);
  });

  test('decides again once another administrator says who uses it, and not by whoever opened it', async () => {
    expect(code(await vouch(admin, stranded.agent))).toEqual([403, 'forbidden']);
    expect(code(await vouch(manager, stranded.agent))).toEqual([403, 'forbidden']);
    // Two accounts of one person are one.
    const twin = await signedIn(server, admin.organisation, ['admin']);
    const same = await second.send('POST', '/same-persons', { members: [admin.id, twin.id] });
    expect(same.statusCode).toBe(201);
    expect(code(await vouch(twin, stranded.agent))).toEqual([403, 'forbidden']);
    expect((await vouch(second, stranded.agent)).statusCode).toBe(204);
    expect(code(await vouch(second, stranded.agent))).toEqual([409, 'conflict']);
    expect(await opened(stranded.agent)).toBeUndefined();
    expect((await (await submitted(manager)).approve(inside)).statusCode).toBe(200);
    const [made, used, vouched] = (await acts()).slice(-3);
    expect([made.act, made.byHand, made.askedBy]).toEqual(['reset.made', true, undefined]);
    expect([used.act, vouched.act]).toEqual(['reset.used', 'reset.vouched']);
    expect(vouched).toMatchObject({ vouchedBy: second.id, actor: { id: second.id } });
    for (const id of [twin.id]) await second.send('PATCH', `/members/${id}`, { active: false });
  });

  test('or by a link in the mailbox of its owner, which no administrator holds', async () => {
    const { email, agent } = await somebody(['contributor']);
    const inside = await enter((await byHand(admin, agent)).json().link, agent);
    expect(await opened(agent)).toBeDefined();
    expect((await byHand(second, inside)).statusCode).toBe(201);
    const asked = await second.send('POST', `/members/${agent.id}/password-reset`);
    expect(asked.json()).toMatchObject({ mailed: true, link: null });
    const jobs = await server.store.readWhole(admin.organisation, (reader) => recentJobs(reader, 20));
    for (const job of jobs.filter((one) => one.ended_at === null))
      await runJob(server.services, jobHandlers, admin.organisation, job.id, false);
    const mail = mailbox.taken.findLast((one) => plainMail(one).includes('/password#token='));
    expect(mail).toContain(`To: ${email}`);
    await enter(linkOf(mail, '/password'), agent);
    expect(await opened(agent)).toBeUndefined();
    expect((await acts()).at(-1)).toMatchObject({ act: 'reset.vouched', actor: { id: agent.id } });
  });

  test('a second factor that its owner kept says so at once; one that was ended opens it too', async () => {
    const { agent } = await somebody(['contributor']);
    const held = authenticator(server, agent);
    await held.add();
    const link = (await byHand(admin, agent)).json().link;
    const ask = await stranger(server).send('POST', '/password-resets/use', {
      token: secretOf(link),
      password: next,
    });
    expect(ask.statusCode).toBe(202);
    await enter(link, agent, { step: ask.json().step, code: held.code() });
    expect(await opened(agent)).toBeUndefined();
    expect((await endFactors(admin, agent)).statusCode).toBe(204);
    expect(await opened(agent)).toMatchObject({ by: 'Head of compliance' });
  });
});

describe('whoever approves, accepts or waives', () => {
  test.each([
    ['by a role', 'risk-owner'],
    ['by a group', 'reader'],
    ['by the table of authority', 'contributor'],
  ] as const)('%s is opened by two hands, and then decides', async (how, role) => {
    const office = await organisation(server, `Office ${how}`);
    const [one, other] = [
      await signedIn(server, office, ['admin']),
      await signedIn(server, office, ['admin']),
    ];
    const { agent } = await somebody([role], office);
    if (how === 'by a group')
      await one.send('POST', '/groups', { name: 'Owners', roles: ['system-owner'], members: [agent.id] });
    if (how === 'by the table of authority') {
      const grants = [{ level: 'low', dimension: 'release', holder: { member: agent.id } }];
      const { waits } = (await one.send('PUT', '/authority', { grants })).json();
      expect((await other.send('POST', `/proposals/${waits}/confirm`)).statusCode).toBe(200);
    }
    const asked = await byHand(one, agent);
    expect([asked.statusCode, Object.keys(asked.json())]).toEqual([202, ['waits']]);
    const { waits } = asked.json();
    expect(code(await one.send('POST', `/proposals/${waits}/confirm`))).toEqual([403, 'forbidden']);
    const confirmed = await other.send('POST', `/proposals/${waits}/confirm`);
    await enter(confirmed.json().link, agent);
    expect(await opened(agent, one)).toBeUndefined();
    expect((await acts()).findLast(({ act }) => act === 'reset.made')).toMatchObject({ askedBy: one.id });
    // To their own mailbox one hand sends it: nobody else holds it.
    const mailed = await one.send('POST', `/members/${agent.id}/password-reset`);
    expect([mailed.statusCode, mailed.json().mailed]).toEqual([201, true]);
  });

  test('with one administrator is helped at once, and decides once the operator or their mail says it is them', async () => {
    const office = await organisation(server, 'Office of one hand');
    const sole = await signedIn(server, office, ['admin']);
    const { email, agent } = await somebody(['top-management'], office);
    const inside = await enter((await byHand(sole, agent)).json().link, agent);
    expect(await opened(agent, sole)).toMatchObject({ vouch: false });
    expect(code(await inside.send('POST', '/deputies', {}))).not.toEqual([201, null]);
    const ctx = contextOf(server, office);
    const made = await resetByOperator(server.services, ctx, { email, reason, factors: false });
    await enter(`https://aims.example.org/password#token=${made.link?.token}`, agent);
    expect(await opened(agent, sole)).toBeUndefined();
  });
});

test('who opened an account, and who vouched for it, is held against the log', async () => {
  await publish(server, signing);
  expect(await found(server, admin.organisation)).toEqual([]);
  for (const [column, text] of [
    ['by_hand', `update account_reset set by_hand = not by_hand where kind = 'factors'`],
    ['asked_by', `update account_reset set asked_by = gen_random_uuid() where kind = 'factors'`],
    ['vouched_at', `update account_reset set vouched_at = at where vouched_at is null and used_at is null`],
    ['vouched_by', `update account_reset set vouched_by = gen_random_uuid() where vouched_by is not null`],
  ] as const) {
    await server.store.owner.query('create table kept as select * from account_reset');
    await server.store.owner.query(text);
    expect([column, (await found(server, admin.organisation)).join()]).toEqual([
      column,
      expect.stringContaining(`account_reset.${column}`),
    ]);
    await server.store.owner.query('delete from account_reset');
    await server.store.owner.query('insert into account_reset select * from kept');
    await server.store.owner.query('drop table kept');
  }
});
