import { afterAll, beforeAll, expect, test } from 'vitest';
import { nowhereId } from '../../../test/every-route/row.ts';
import {
  type Agent,
  agentOf,
  alsoIn,
  closeUnfailed,
  cookieHeaders,
  organisation,
  password,
  signedIn,
  staffedServer,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { archive, takeBack } from '../../features/organisation/operate.ts';
import { organisationNames } from '../../store/organisations.ts';

let server: TestServer;
let admin: Agent;
let nobody: Agent;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
let bank: string;
beforeAll(async () => {
  ({ server, admin, nobody } = await staffedServer());
  signing = await keyedSigning(server.store);
  bank = await organisation(server, 'Harbour Bank');
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const operator = { type: 'rule', rule: 'operator' } as const;

/** Somebody of both organisations: a reader here, an administrator at the bank. */
async function ofBoth(): Promise<{ here: Agent; there: string; email: string }> {
  const here = await signedIn(server, admin.organisation, ['reader']);
  const there = await alsoIn(server, here, bank, ['admin', 'aims-manager']);
  return { here, there, email: `${here.id}@example.org` };
}

async function switched(
  here: Agent,
  to: string,
): Promise<{ agent: Agent; answer: Awaited<ReturnType<Agent['send']>> }> {
  const answer = await here.send('POST', '/session/organisation', { organisation: to });
  const cookie = answer.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  return { answer, agent: agentOf(server, cookieHeaders(cookie), to, answer.json().member?.id) };
}

const sessionRow = async (member: string) => {
  const { rows } = await server.store.owner.query<Record<string, Date & string[]>>(
    'select * from session where member = $1 order by created_at desc limit 1',
    [member],
  );
  return rows[0];
};

test('a person goes on in another organisation with the roles they have there, and sees what is there alone', async () => {
  const { here, there } = await ofBoth();
  expect((await admin.send('POST', '/systems', { fields: { name: 'Ours' } })).statusCode).toBe(201);
  const { answer, agent } = await switched(here, bank);
  expect([answer.statusCode, answer.json()]).toMatchObject([
    200,
    {
      member: { id: there, you: true },
      organisation: { id: bank, name: 'Harbour Bank', slug: 'harbour-bank' },
      roles: ['admin', 'aims-manager'],
      organisations: [{ name: 'Example Insurance' }, { name: 'Harbour Bank' }],
      counts: {},
    },
  ]);
  const made = await agent.send('POST', '/systems', { fields: { name: 'Theirs' } });
  expect(made.statusCode).toBe(201);
  expect((await agent.send('GET', '/systems')).json().items).toHaveLength(1);
  expect((await agent.send('GET', '/home')).statusCode).toBe(200);
  expect((await agent.send('GET', `/members/${admin.id}`)).statusCode).toBe(404);
  expect(await admin.send('GET', `/systems/${made.json().id}`)).toMatchObject({ statusCode: 404 });
  // The session before has ended: its cookie opens nothing, here or there.
  expect((await here.send('GET', '/session')).statusCode).toBe(401);
  const back = await switched(agent, admin.organisation);
  expect(back.answer.json()).toMatchObject({ organisation: { id: admin.organisation }, roles: ['reader'] });
});

test('nothing is shown by switching: the last proof and the end of the sign-in stay where they were', async () => {
  const { here, there } = await ofBoth();
  const began = await sessionRow(here.id);
  server.later(3_600_000);
  const { agent } = await switched(here, bank);
  const after = await sessionRow(there);
  expect(after?.proved_at).toEqual(began?.proved_at);
  expect(after?.began_at).toEqual(began?.created_at);
  expect(after?.methods).toEqual(['password']);
  server.later(3_600_000);
  const { agent: again } = await switched(agent, admin.organisation);
  const last = await sessionRow(here.id);
  expect([last?.proved_at, last?.began_at]).toEqual([began?.proved_at, began?.created_at]);
  // In use it lasts no longer than the sign-in that it goes on from: 14 days, whatever was switched in between.
  for (let days = 0; days < 13.8; days += 0.4) {
    server.later(0.4 * 86_400_000);
    await again.send('GET', '/session');
  }
  const end = (await sessionRow(here.id))?.expires_at;
  expect(end?.getTime()).toBe((began?.created_at?.getTime() ?? 0) + 14 * 86_400_000);
});

test('an organisation that is not there, one of others, one that was left and this one are told alike', async () => {
  const { here, there } = await ofBoth();
  const answers: unknown[] = [];
  const far = await organisation(server, 'Far Bank');
  const left = await organisation(server, 'Left Bank');
  const gone = await alsoIn(server, here, left, ['reader']);
  await server.store.owner.query('update member set active = false where id = $1', [gone]);
  const past = await organisation(server, 'Past Bank');
  const over = await alsoIn(server, here, past, ['reader']);
  await server.store.owner.query(`update member set left_on = '2020-01-01' where id = $1`, [over]);
  for (const to of [nowhereId, far, left, past, admin.organisation]) {
    const answer = await here.send('POST', '/session/organisation', { organisation: to });
    const { instance: _, ...rest } = answer.json();
    answers.push([answer.statusCode, rest]);
  }
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(answers[0]).toMatchObject([404, { code: 'not-found' }]);
  const shown = (await here.send('GET', '/session')).json().organisations;
  expect(shown.map((one: { name: string }) => one.name)).toEqual(['Example Insurance', 'Harbour Bank']);
  expect(there).toBeDefined();
});

test('a token belongs to one organisation and switches to none', async () => {
  const token = await tokenAgent(server, admin.organisation, ['admin']);
  const refused = await token.send('POST', '/session/organisation', { organisation: bank });
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden']);
});

test('a page that was loaded for another organisation is refused, whatever it asks, and nothing is written', async () => {
  const { here } = await ofBoth();
  const { agent } = await switched(here, bank);
  const count = async () => (await server.store.owner.query('select count(*) from record')).rows[0];
  const before = await count();
  const stale = { headers: { 'x-throughline-organisation': admin.organisation } };
  for (const [method, path, body] of [
    ['POST', '/systems', { fields: { name: 'Written into the wrong one' } }],
    ['GET', '/systems', undefined],
    ['GET', '/session', undefined],
    ['PATCH', '/organisation', { name: 'Wrong' }],
  ] as const) {
    const answer = await agent.send(method, path, body, stale);
    expect([path, answer.statusCode, answer.json().code]).toEqual([path, 409, 'other-organisation']);
    // Which organisation the page was for, and which the session is in, is nobody's to be told.
    expect(answer.body).not.toContain('Harbour Bank');
  }
  expect(await count()).toEqual(before);
  const meant = { headers: { 'x-throughline-organisation': bank } };
  expect((await agent.send('GET', '/systems', undefined, meant)).statusCode).toBe(200);
  // A link to a file and the stream of events carry no header: their address names it.
  for (const path of [
    '/systems/export?format=csv&',
    '/events?',
    '/readiness/mandatory/export?format=json&',
  ]) {
    const { statusCode, body } = await agent.send('GET', `${path}forOrganisation=${admin.organisation}`);
    expect([path, statusCode, JSON.parse(body).code]).toEqual([path, 409, 'other-organisation']);
    expect(
      (await agent.send('GET', `${path}forOrganisation=${bank}&forOrganisation=${bank}`)).statusCode,
    ).toBe(409);
  }
  const ours = await agent.send('GET', `/systems/export?format=csv&forOrganisation=${bank}`);
  expect(ours.statusCode).toBe(200);
  expect((await agent.send('GET', `/systems?forOrganisation=${bank}`)).statusCode).toBe(200);
  const nonsense = { headers: { 'x-throughline-organisation': 'anything' } };
  expect((await agent.send('GET', '/systems', undefined, nonsense)).json().code).toBe('other-organisation');
});

test('whoever is signed in with the address of an invitation joins as who they are, without a password', async () => {
  const banker = await signedIn(server, bank, ['admin']);
  const invite = async (email: string) => {
    const { link } = (
      await banker.send('POST', '/members', { name: 'Guest', email, roles: ['contributor'] })
    ).json();
    return secretOf(link);
  };
  const guest = await signedIn(server, admin.organisation, ['reader']);
  const token = await invite(`${guest.id}@example.org`);
  const seen = async (who: Agent) => (await who.send('POST', '/invitations/link', { token })).json();
  expect([(await seen(guest)).yours, (await seen(banker)).yours, (await seen(nobody)).yours]).toEqual([
    true,
    false,
    false,
  ]);
  const wrong = await banker.send('POST', '/invitations/accept', { token });
  expect([wrong.statusCode, wrong.json().code]).toEqual([409, 'conflict']);
  expect((await nobody.send('POST', '/invitations/accept', { token })).statusCode).toBe(401);
  const joined = await guest.send('POST', '/invitations/accept', { token });
  expect([joined.statusCode, joined.json()]).toMatchObject([
    201,
    { organisation: { id: bank }, roles: ['contributor'], organisations: [{}, {}] },
  ]);
  expect((await guest.send('GET', '/session')).statusCode).toBe(401);
  expect((await nobody.send('POST', '/invitations/accept', { token, password })).statusCode).toBe(409);
});

test('who invites an address is answered alike, whether it has an account elsewhere or not', async () => {
  const banker = await signedIn(server, bank, ['admin']);
  const known = await signedIn(server, admin.organisation, ['reader']);
  const shown: unknown[] = [];
  for (const email of [`${known.id}@example.org`, 'nobody-yet@example.org']) {
    const made = await banker.send('POST', '/members', { name: 'Guest', email, roles: ['reader'] });
    const { member, link, until, ...rest } = made.json();
    const token = secretOf(link);
    const { email: address, ...state } = (await banker.send('POST', '/invitations/link', { token })).json();
    const listed = (await banker.send('GET', '/members'))
      .json()
      .items.find((one: { id: string }) => one.id === member);
    const { id: _, email: __, invitedUntil, ...row } = listed;
    expect([address, typeof until, typeof invitedUntil]).toEqual([email, 'string', 'string']);
    shown.push([made.statusCode, rest, state, row]);
  }
  expect(shown[0]).toEqual(shown[1]);
});

test('an archived organisation lets nobody in, by no door, and is as it was once it is in use again', async () => {
  const mill = await organisation(server, 'Old Mill');
  const miller = await signedIn(server, mill, ['admin', 'aims-manager']);
  const email = `${miller.id}@example.org`;
  const token = await tokenAgent(server, mill, ['reader']);
  const guest = await signedIn(server, admin.organisation, ['reader']);
  await alsoIn(server, guest, mill, ['reader']);
  const { link } = (
    await miller.send('POST', '/members', { name: 'Late', email: 'late@example.org', roles: ['reader'] })
  ).json();
  const invitation = secretOf(link);
  await miller.send('POST', '/systems', { fields: { name: 'Grinding' } });
  const named = async () => {
    const one = (await server.store.asOwner(organisationNames)).find(({ id }) => id === mill);
    if (!one) throw new Error('It is gone');
    return one;
  };
  const ctx = {
    organisation: mill,
    actor: operator,
    at: server.services.clock(),
    because: null,
    request: null,
  };
  expect(await archive(server.services, ctx, await named())).toEqual({ sessions: 1, tokens: 1 });
  await expect(archive(server.services, ctx, await named())).rejects.toThrow('archived already');
  expect((await miller.send('GET', '/session')).statusCode).toBe(401);
  expect((await token.send('GET', '/systems')).statusCode).toBe(401);
  const refused = await nobody.send('POST', '/session', { email, password });
  const unknown = await nobody.send('POST', '/session', { email: 'unknown@example.org', password });
  expect([refused.statusCode, refused.json().detail]).toEqual([401, unknown.json().detail]);
  expect((await guest.send('GET', '/session')).json().organisations).toHaveLength(1);
  expect((await guest.send('POST', '/session/organisation', { organisation: mill })).statusCode).toBe(404);
  expect((await nobody.send('POST', '/invitations/accept', { token: invitation, password })).statusCode).toBe(
    409,
  );
  await publish(server, signing);
  expect(await found(server, mill)).toEqual([]);
  await takeBack(server.services, { ...ctx, at: server.services.clock() }, await named());
  await expect(takeBack(server.services, ctx, await named())).rejects.toThrow('not archived');
  const entered = await nobody.send('POST', '/session', { email, password });
  expect([entered.statusCode, entered.json().counts]).toEqual([200, { system: 1 }]);
  // Tokens are made anew.
  expect((await token.send('GET', '/systems')).statusCode).toBe(401);
});

test('switches, slugs and archives are held against the log, in both directions', async () => {
  const { here, there } = await ofBoth();
  await switched(here, bank);
  await publish(server, signing);
  expect(await found(server, bank)).toEqual([]);
  const { asAttacker } = await import('../../../test/log-tampering.ts');
  const tampered = async (statement: string, back: string) => {
    await asAttacker(server.store, [statement, []]);
    const faults = (await found(server, bank)).map((fault) => fault.replace(/#\d+$/, '#'));
    await asAttacker(server.store, [back, []]);
    return faults;
  };
  const of = `where id = '${bank}'`;
  expect(
    await tampered(
      `update organisation set slug = 'elsewhere' ${of}`,
      `update organisation set slug = 'harbour-bank' ${of}`,
    ),
  ).toEqual(['row-differs organisation.slug #']);
  expect(
    await tampered(
      `update organisation set archived_at = now() ${of}`,
      `update organisation set archived_at = null ${of}`,
    ),
  ).toEqual(['row-differs organisation.archived_at #']);
  const session = `where member = '${there}' and began_at is not null`;
  const kept = await sessionRow(there);
  expect(
    await tampered(
      `update session set began_at = began_at + interval '1 day' ${session}`,
      `update session set began_at = began_at - interval '1 day' ${session}`,
    ),
  ).toEqual(['content-differs session.person, methods, began_at, salt #']);
  expect(
    await tampered(
      `update session set proved_at = proved_at + interval '1 day' ${session}`,
      `update session set proved_at = proved_at - interval '1 day' ${session}`,
    ),
  ).toEqual(['content-differs session.proved_at, own_proof, proof_salt #']);
  expect(kept?.began_at).not.toBeNull();
});
