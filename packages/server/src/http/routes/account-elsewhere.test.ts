import type { Role } from '@throughline/domain/permissions.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  agentOf,
  closeUnfailed,
  cookieHeaders,
  organisation,
  password,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';

// One organisation learns nothing of another: whoever joins or goes has an account elsewhere, or has none, and what the
// log and the exports say is the same.
let server: TestServer;
let admin: Agent;
let nobody: Agent;
let bank: string;
let banker: Agent;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
beforeAll(async () => {
  ({ server, admin, nobody } = await staffedServer());
  signing = await keyedSigning(server.store);
  bank = await organisation(server, 'Harbour Bank');
  banker = await signedIn(server, bank, ['admin']);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

type Joined = { readonly member: string; readonly agent: Agent; readonly email: string };
let people = 0;
const newAddress = () => `guest-${++people}@example.org`;

/** Invites an address to the bank, and answers the member with the link's secret. */
async function invited(email: string, roles: readonly Role[] = ['reader']) {
  const made = await banker.send('POST', '/members', { name: 'Guest', email, roles });
  expect(made.statusCode).toBe(201);
  const { member, link } = made.json();
  return { member: String(member), token: secretOf(link) };
}

/** Whoever the answer let in, after a second step where one is asked for. */
const inside = (answer: Awaited<ReturnType<Agent['send']>>, member: string): Agent => {
  const cookie = answer.cookies.find(({ name }) => name === 'throughline');
  if (!cookie) throw new Error(`Nobody was let in: ${answer.body}`);
  return agentOf(server, cookieHeaders(cookie.value), bank, member);
};

async function joinsNew(): Promise<Joined> {
  const email = newAddress();
  const { member, token } = await invited(email);
  return {
    member,
    email,
    agent: inside(await nobody.send('POST', '/invitations/accept', { token, password }), member),
  };
}

async function joinsByPassword(): Promise<Joined> {
  const email = newAddress();
  await signedIn(server, admin.organisation, ['reader'], { email });
  const { member, token } = await invited(email);
  return {
    member,
    email,
    agent: inside(await nobody.send('POST', '/invitations/accept', { token, password }), member),
  };
}

async function joinsSignedIn(): Promise<Joined> {
  const email = newAddress();
  const here = await signedIn(server, admin.organisation, ['reader'], { email });
  const { member, token } = await invited(email);
  server.later(60_000);
  return { member, email, agent: inside(await here.send('POST', '/invitations/accept', { token }), member) };
}

const joinsWithFactor = (): Promise<Joined> => joinsWithPhone();

async function joinsWithPhone() {
  const email = newAddress();
  const here = await signedIn(server, admin.organisation, ['reader'], { email });
  const phone = authenticator(server, here);
  await phone.add();
  const { member, token } = await invited(email);
  const asked = await nobody.send('POST', '/invitations/accept', { token, password });
  expect(asked.statusCode).toBe(202);
  const shown = { step: asked.json().step, code: phone.code(), organisation: bank };
  return { member, email, phone, agent: inside(await nobody.send('POST', '/session/step', shown), member) };
}

const knownWays = { joinsByPassword, joinsSignedIn, joinsWithFactor };

/** What the bank's log says of a member; what differs by its nature is told by when it was first seen. */
async function said(member: string): Promise<unknown[]> {
  const { rows } = await server.store.owner.query<{ body: string }>(
    `select convert_from(body, 'UTF8') as body from entry
      where organisation = $1 and position($2 in convert_from(body, 'UTF8')) > 0 order by seq`,
    [bank, member],
  );
  return JSON.parse(alike(`[${rows.map(({ body }) => body)}]`, member));
}

const ids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const digests = /[0-9a-f]{64}/g;
const moments = /\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g;

/** Which are one and which are not still shows: entries of one request, or of one moment. */
const alike = (text: string, member: string): string =>
  [ids, digests, moments].reduce(
    (told, pattern, which) => {
      const seen = new Map<string, string>();
      return told.replaceAll(pattern, (one) => {
        const name = seen.get(one) ?? `${['id', 'digest', 'moment'][which]} ${seen.size + 1}`;
        seen.set(one, name);
        return name;
      });
    },
    text.replaceAll(member, 'the member').replaceAll(/guest-\d+@/g, 'guest@'),
  );

const personOf = async (member: string): Promise<string> => {
  const { rows } = await server.store.owner.query<{ person: string }>(
    'select person from member where id = $1',
    [member],
  );
  return rows[0]?.person ?? '';
};

const exported = async (member: string): Promise<unknown> => {
  const asked = await banker.send('POST', `/members/${member}/export`);
  await runJob(server.services, jobHandlers, bank, asked.json().id);
  const answer = await banker.send('GET', `/members/${member}/export/${asked.json().id}`);
  return JSON.parse(alike(answer.body, member));
};

test.each(Object.entries(knownWays))(
  'a log and an export say the same of whoever %s as of somebody without an account',
  async (_, joins) => {
    const stranger = await joinsNew();
    const known = await joins();
    const acts = await said(known.member);
    expect(acts).toEqual(await said(stranger.member));
    expect(acts).toMatchObject([
      { act: 'member.joined' },
      { act: 'account.tied', login: expect.any(String), digest: expect.any(String) },
      { act: 'session.started' },
    ]);
    expect(await exported(known.member)).toEqual(await exported(stranger.member));
    for (const path of ['', '/sessions']) {
      const shown = async ({ member }: Joined) =>
        alike((await banker.send('GET', `/members/${member}${path}`)).body, member);
      expect(await shown(known)).toEqual(await shown(stranger));
    }
  },
);

test('whoever has a second factor elsewhere belongs once it was shown; a refusal is told of where they do', async () => {
  const email = newAddress();
  const here = await signedIn(server, admin.organisation, ['reader'], { email });
  const phone = authenticator(server, here);
  await phone.add();
  const { member, token } = await invited(email);
  const { step } = (await nobody.send('POST', '/invitations/accept', { token, password })).json();
  const refused = await nobody.send('POST', '/session/step', { step, code: '000000' });
  expect(refused.statusCode).toBe(401);
  expect(await said(member)).toMatchObject([{ act: 'member.joined' }]);
  const { rows } = await server.store.owner.query(
    `select organisation from entry where act = 'session.refused' and position($1 in convert_from(body, 'UTF8')) > 0`,
    [here.id],
  );
  expect(rows).toEqual([{ organisation: admin.organisation }]);
  const code = phone.code();
  expect((await nobody.send('POST', '/session/step', { step, code })).statusCode).toBe(200);
  // The link is used up, and so is the step.
  expect((await nobody.send('POST', '/session/step', { step, code: phone.code() })).statusCode).toBe(409);
  expect((await nobody.send('POST', '/invitations/accept', { token, password })).statusCode).toBe(409);
});

test('a log says the same of factors from elsewhere as of those that were added here', async () => {
  const stranger = await joinsNew();
  const { agent, member } = await joinsWithPhone();
  /** Adds one, asks for other codes, and ends the one that was there first. */
  const changes = async (who: Agent) => {
    await authenticator(server, who).add();
    expect((await who.send('POST', '/account/recovery-codes')).statusCode).toBe(201);
    const { factors } = (await who.send('GET', '/account')).json();
    expect((await who.send('DELETE', `/account/factors/${factors[0].id}`)).statusCode).toBe(204);
  };
  await changes(stranger.agent);
  await changes(agent);
  expect(await said(member)).toEqual(await said(stranger.member));
  expect((await said(member)).slice(3)).toMatchObject([
    { act: 'factor.set', digest: expect.any(String) },
    { act: 'session.proved' },
    { act: 'factor.set' },
    { act: 'factor.set' },
  ]);
});

test('a recovery code from elsewhere opens without a word of it', async () => {
  const stranger = await joinsNew();
  const { member, email, phone } = await joinsWithPhone();
  await phone.signIn({ password, organisation: bank, recovery: true, email });
  const again = { email: stranger.email, password, organisation: bank };
  expect((await nobody.send('POST', '/session', again)).statusCode).toBe(200);
  expect(await said(member)).toEqual(await said(stranger.member));
});

test('no entry names whose login it is, and nothing in it comes back in another organisation', async () => {
  const { member, agent } = await joinsByPassword();
  // Ends what is open elsewhere, and goes on there.
  expect((await agent.send('DELETE', '/account/sessions')).statusCode).toBe(204);
  const over = await agent.send('POST', '/session/organisation', { organisation: admin.organisation });
  expect(over.statusCode).toBe(200);
  const person = await personOf(member);
  // The fourth version of RFC 9562: made without the time.
  expect((await personOf((await joinsNew()).member))[14]).toBe('4');
  const { rows } = await server.store.owner.query<{ organisation: string; text: string }>(
    `select organisation, convert_from(body, 'UTF8') as text from entry where act ~ '^(account|session|member|password|factor)[.]'`,
  );
  expect(rows.filter(({ text }) => text.includes(person))).toEqual([]);
  const seen = new Map<string, Set<string>>();
  for (const { organisation: of, text } of rows)
    for (const [digest] of text.matchAll(/[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
      seen.set(digest, new Set([...(seen.get(digest) ?? []), of]));
  expect([...seen.values()].filter(({ size }) => size > 1)).toEqual([]);
});

test('a log says the same of an erased person whether their login went too or leads elsewhere', async () => {
  const both = [await joinsNew(), await joinsByPassword(), await joinsWithFactor()];
  const persons = await Promise.all(both.map(({ member }) => personOf(member)));
  const answers: unknown[] = [];
  for (const { member } of both) {
    expect((await banker.send('PATCH', `/members/${member}`, { active: false })).statusCode).toBe(200);
    const answer = await banker.send('POST', `/members/${member}/erase`, { reason: 'person-asked' });
    answers.push([answer.statusCode, answer.body && alike(answer.body, member)]);
  }
  const acts = await Promise.all(both.map(({ member }) => said(member)));
  expect(answers[0]).toMatchObject([200, {}]);
  expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
  expect(acts.slice(1)).toEqual([acts[0], acts[0]]);
  expect(acts[0]).toMatchObject([
    ...[{}, {}, {}, {}, {}],
    { act: 'member.erased' },
    { act: 'account.parted', member: 'the member', reason: 'person-asked', digest: expect.any(String) },
  ]);
  const { rows } = await server.store.owner.query<{ gone: boolean }>(
    'select erased_at is not null as gone from person where id = any($1) order by array_position($1, id)',
    [persons],
  );
  expect(rows.map(({ gone }) => gone)).toEqual([true, false, false]);
});

test('whoever was erased and comes back is somebody new, whether or not their login lived on', async () => {
  const again = async (email: string) => {
    const first = await invited(email);
    await nobody.send('POST', '/invitations/accept', { token: first.token, password });
    await banker.send('PATCH', `/members/${first.member}`, { active: false });
    await banker.send('POST', `/members/${first.member}/erase`, { reason: 'person-asked' });
    const { member, token } = await invited(email);
    expect((await nobody.send('POST', '/invitations/accept', { token, password })).statusCode).toBe(201);
    return member;
  };
  const elsewhere = newAddress();
  await signedIn(server, admin.organisation, ['reader'], { email: elsewhere });
  expect(await said(await again(newAddress()))).toEqual(await said(await again(elsewhere)));
});

test('the first administrator’s login is tied by the same entry', async () => {
  const { rows } = await server.store.owner.query<{ act: string }>(
    `select act from entry where organisation = $1 order by seq limit 4`,
    [admin.organisation],
  );
  expect(rows.map(({ act }) => act)).toEqual([
    'organisation.created',
    'member.joined',
    'account.tied',
    'session.started',
  ]);
});

test('no entry of a member who is changed before they join, or after, names their login', async () => {
  const { member, token } = await invited(newAddress());
  const change = (body: object) => banker.send('PATCH', `/members/${member}`, body);
  expect((await change({ name: 'Late guest' })).statusCode).toBe(200);
  inside(await nobody.send('POST', '/invitations/accept', { token, password }), member);
  expect((await change({ roles: ['contributor'] })).statusCode).toBe(200);
  expect((await change({ active: false })).statusCode).toBe(200);
  const told = await said(member);
  expect(told.map((one) => (one instanceof Object && 'act' in one ? one.act : ''))).toEqual([
    ...['member.joined', 'member.changed', 'account.tied', 'session.started'],
    ...['member.changed', 'member.left', 'session.ended'],
  ]);
  expect(told.filter((one) => one instanceof Object && 'person' in one)).toEqual([]);
});

test('where a second factor is demanded, a log says the same of one from elsewhere as of one that is added', async () => {
  await authenticator(server, banker).add();
  const demanded = await banker.send('PATCH', '/organisation', { secondFactor: { of: 'everyone', days: 0 } });
  expect(demanded.statusCode, demanded.body).toBe(200);
  const [stranger, brings] = [await joinsNew(), await joinsWithPhone()];
  const opens = async ({ agent }: Joined) => (await agent.send('GET', '/systems')).statusCode;
  expect([await opens(stranger), await opens(brings)]).toEqual([403, 403]);
  const { factors, factorDue } = (await brings.agent.send('GET', '/account')).json();
  expect([factors.map((one: { here: boolean }) => one.here), typeof factorDue]).toEqual([[false], 'string']);
  await authenticator(server, stranger.agent).add();
  const show = async () => {
    const { step } = (await brings.agent.send('POST', '/session/proof/begin')).json();
    const shown = await brings.agent.send('POST', '/session/proof', { step, code: brings.phone.code() });
    expect(shown.statusCode, shown.body).toBe(204);
  };
  await show();
  expect([await opens(stranger), await opens(brings)]).toEqual([200, 200]);
  expect(await said(brings.member)).toEqual(await said(stranger.member));
  expect((await said(brings.member)).slice(2)).toMatchObject([
    { act: 'session.started' },
    { act: 'factor.set' },
    { act: 'session.proved' },
  ]);
  expect(await exported(brings.member)).toEqual(await exported(stranger.member));
  // Told once: what follows is a proof like any other.
  await show();
  expect((await said(brings.member)).slice(-2)).toMatchObject([{}, { act: 'session.proved' }]);
  // The last that counts here is not taken away, whatever else there is.
  const [mine] = (await stranger.agent.send('GET', '/account')).json().factors;
  expect((await stranger.agent.send('DELETE', `/account/factors/${mine.id}`)).statusCode).toBe(409);
});

test('every organisation’s log verifies after all of it', async () => {
  await publish(server, signing);
  expect(await found(server, bank)).toEqual([]);
  expect(await found(server, admin.organisation)).toEqual([]);
});

/** What the bank's verification finds once a statement was carried out behind the application; then it is taken back. */
async function after(statement: string, values: readonly string[]): Promise<string[]> {
  await asAttacker(
    server.store,
    ['create table kept_person as select * from person', []],
    ['create table kept_member as select * from member', []],
    [statement, [...values]],
  );
  try {
    return (await found(server, bank)).map((fault) => fault.replace(/#\d+$/, '#'));
  } finally {
    await asAttacker(
      server.store,
      [
        `update person p set (email, password_in, password_member, erased_in, erased_at, erased_member) =
          (select k.email, k.password_in, k.password_member, k.erased_in, k.erased_at, k.erased_member from kept_person k where k.id = p.id)`,
        [],
      ],
      [
        'update member m set (person, parted_salt) = (select k.person, k.parted_salt from kept_member k where k.id = m.id)',
        [],
      ],
      ['drop table kept_person, kept_member', []],
    );
  }
}

test('a login put in the place of another is found, and so is one of before that is said to be of nobody’s log', async () => {
  const { member } = await joinsNew();
  const other = await signedIn(server, admin.organisation, ['reader']);
  await publish(server, signing);
  const taken = 'update member set person = $1 where id = $2';
  expect(await after(taken, [await personOf(other.id), member])).toEqual([
    'content-differs member.person, tie_salt #',
  ]);
  expect(await after('update member set person = null where id = $1', [member])).toEqual([
    'row-differs member.person #',
  ]);
  const nowhere = 'update person set password_in = null, password_member = null where id = $1';
  expect(await after(nowhere, [await personOf(member)])).toEqual(['row-differs person.password_in #']);
});

test('an erased login that stands again is found, and one that is said to be erased', async () => {
  const { member } = await joinsNew();
  const person = await personOf(member);
  const known = await joinsByPassword();
  const lives = await personOf(known.member);
  for (const id of [member, known.member]) {
    await banker.send('PATCH', `/members/${id}`, { active: false });
    await banker.send('POST', `/members/${id}/erase`, { reason: 'person-asked' });
  }
  await publish(server, signing);
  const again = `update person set email = 'again@example.org', erased_in = null, erased_at = null, erased_member = null where id = $1`;
  expect(await after(again, [person])).toEqual(['row-gone person #']);
  const said = 'update person set erased_in = $2, erased_at = now(), erased_member = $3 where id = $1';
  expect(await after(said, [lives, bank, known.member])).toEqual([
    'row-differs person.erased_at #',
    'row-differs person.email #',
    'row-differs person.password_hash #',
    'content-differs person.erased_member #',
  ]);
  expect(await after('update member set parted_salt = null where id = $1', [known.member])).toEqual([
    'content-gone member.parted_salt #',
  ]);
});
