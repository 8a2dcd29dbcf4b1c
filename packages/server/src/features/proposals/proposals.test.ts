import type { MemberWire } from '@throughline/domain/wire.ts';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import type { ProposalWire } from '@throughline/domain/wire-proposals.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  proveAgain,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { newId } from '../../store/ids.ts';

let server: TestServer;
let admin: Agent;
let second: Agent;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
  signing = await keyedSigning(server.store);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const reason = 'There is nobody else here yet.';
const grant = { level: 'high', dimension: 'release', holder: { role: 'top-management' } };
const put = (who: Agent, body: object) => who.send('PUT', '/authority', body);
const table = async () => (await admin.send('GET', '/authority')).json().grants.length;
const listed = async (who: Agent): Promise<ProposalWire[]> =>
  (await who.send('GET', '/proposals')).json().items;
const newest = async (who: Agent) => (await listed(who))[0];
const code = (answer: Awaited<ReturnType<Agent['send']>>) => [answer.statusCode, answer.json().code];

test('who alone could confirm does it alone, in writing, and everybody sees that', async () => {
  const refused = await put(admin, { grants: [grant] });
  expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'reason']);
  expect(await table()).toBe(0);
  expect(await listed(admin)).toEqual([]);
  expect((await put(admin, { grants: [grant], reason })).statusCode).toBe(200);
  expect(await table()).toBe(1);
  const reader = await signedIn(server, admin.organisation, ['reader']);
  expect(await listed(reader)).toMatchObject([
    {
      matter: 'authority',
      state: 'alone',
      reason,
      confirmers: [],
      abilities: { confirm: { allowed: false }, end: false },
    },
  ]);
  // What stands already takes no hand at all.
  expect((await put(admin, { grants: [grant] })).statusCode).toBe(200);
});

test('where another could confirm it nothing takes effect until they do', async () => {
  second = await signedIn(server, admin.organisation, ['admin'], { name: 'Head of operations' });
  const answer = await put(admin, { grants: [] });
  expect([answer.statusCode, Object.keys(answer.json())]).toEqual([202, ['waits']]);
  expect(await table()).toBe(1);
  const waits = await newest(second);
  expect(waits).toMatchObject({
    state: 'waits',
    added: [],
    removed: [{ level: 'high', holder: { role: 'top-management' } }],
    confirmers: [{ member: second.id }],
    abilities: { confirm: { allowed: true }, end: true },
  });
  expect((await newest(admin))?.abilities).toEqual({
    confirm: {
      allowed: false,
      reason: 'You proposed this, or stand in for whoever did: another person confirms it.',
      who: ['admin', 'aims-manager'],
      people: [{ id: second.id, name: 'Head of operations' }],
    },
    end: true,
  });
  const path = `/proposals/${waits?.id}/confirm`;
  // Not the first hand, nobody without the right, no program, nobody elsewhere.
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const token = await tokenAgent(server, admin.organisation, ['admin']);
  for (const who of [admin, reader, token])
    expect(code(await who.send('POST', path))).toEqual([403, 'forbidden']);
  expect((await stranger(server).send('POST', path)).statusCode).toBe(401);
  // The same twice waits for the first to be over.
  expect(code(await put(second, { grants: [] }))).toEqual([409, 'conflict']);
  expect((await second.send('POST', path)).json()).toMatchObject({ matter: 'authority', link: null });
  expect(await table()).toBe(0);
  expect(code(await second.send('POST', path))).toEqual([409, 'conflict']);
  expect((await newest(reader))?.ended).toMatchObject({ by: { member: second.id } });
});

test('two accounts of one person, and whoever stands in for the other, are no two hands', async () => {
  const twin = await signedIn(server, admin.organisation, ['admin'], { name: 'Head of compliance, too' });
  expect((await put(admin, { grants: [grant] })).statusCode).toBe(202);
  const id = (await newest(admin))?.id;
  const declared = await second.send('POST', '/same-persons', { members: [admin.id, twin.id] });
  expect(declared.statusCode).toBe(201);
  expect((await newest(twin))?.confirmers.map(({ member }) => member)).toEqual([second.id]);
  expect(code(await twin.send('POST', `/proposals/${id}/confirm`))).toEqual([403, 'forbidden']);
  // The twin withdraws it, as it is their own; and the other refuses the next.
  const why = { reason: 'It was a mistake of ours.' };
  expect((await twin.send('POST', `/proposals/${id}/end`, why)).json().items[0].state).toBe('withdrawn');
  expect((await put(admin, { grants: [grant] })).statusCode).toBe(202);
  const next = (await newest(admin))?.id;
  expect((await second.send('POST', `/proposals/${next}/end`, why)).json().items[0].state).toBe('refused');
  expect(await table()).toBe(0);
});

test('a table that changed since is confirmed by nobody, and what nobody wants for a fortnight lapses', async () => {
  expect((await put(admin, { grants: [grant] })).statusCode).toBe(202);
  const { id = '' } = (await newest(admin)) ?? {};
  await server.store.owner.query(
    `insert into authority (organisation, id, dimension, level, role, valid_from, created_at)
      values ($1, gen_random_uuid(), 'residual_risk', 'low', 'risk-owner', '2020-01-01', now())`,
    [admin.organisation],
  );
  expect(code(await second.send('POST', `/proposals/${id}/confirm`))).toEqual([412, 'changed']);
  await server.store.owner.query(`delete from authority where organisation = $1 and role = 'risk-owner'`, [
    admin.organisation,
  ]);
  const day = 86_400_000;
  server.later(13 * day);
  const late = await signedIn(server, admin.organisation, ['admin']);
  expect((await newest(late))?.state).toBe('waits');
  server.later(1.5 * day);
  const later = await signedIn(server, admin.organisation, ['admin']);
  expect((await newest(later))?.state).toBe('lapsed');
  expect(code(await later.send('POST', `/proposals/${id}/confirm`))).toEqual([409, 'conflict']);
  admin = await signedIn(server, admin.organisation, ['admin'], { name: 'Head of risk' });
  second = later;
});

test('a waiver of duties takes two hands, and says who proposed it and who gave it', async () => {
  const until = new Date(server.services.clock().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  const why = 'Two of three write, one is away.';
  expect((await admin.send('POST', '/duty-waivers', { reason: why, until })).statusCode).toBe(202);
  const standing = async () =>
    (await admin.send('GET', '/duty-waivers'))
      .json()
      .items.filter((one: { inForce: boolean }) => one.inForce);
  expect(await standing()).toEqual([]);
  const proposal = await newest(second);
  expect(proposal).toMatchObject({ matter: 'waiver', reason: why, lastDay: until, by: { member: admin.id } });
  expect((await second.send('POST', `/proposals/${proposal?.id}/confirm`)).statusCode).toBe(200);
  const hands = { by: { member: second.id }, askedBy: { member: admin.id, name: 'Head of risk' } };
  expect(await standing()).toMatchObject([{ reason: why, until, ...hands }]);
  // Both hands stand in the log too, at the waiver and at what confirmed it.
  const told = (await admin.send('GET', '/log?act=waiver.given,proposal.confirmed&limit=2')).json().items;
  expect(told.map(({ act, by, askedBy }: LogEntryWire) => [act, by.id, askedBy?.member]).sort()).toEqual([
    ['proposal.confirmed', second.id, admin.id],
    ['waiver.given', second.id, admin.id],
  ]);
  // Of one that was given before the waiver itself said it, the proposal does.
  await server.store.owner.query('update duty_waiver set asked_by = null');
  expect(await standing()).toMatchObject([hands]);
  await server.store.owner.query('update duty_waiver set asked_by = $1', [admin.id]);
});

describe('demanding less of people to show who they are', () => {
  const rules = async () => {
    const { stepUp, secondFactor } = (await admin.send('GET', '/organisation')).json();
    return [stepUp.minutes, stepUp.everyone, secondFactor.of, secondFactor.days];
  };
  const patch = (who: Agent, body: object) => who.send('PATCH', '/organisation', body);
  const confirm = (who: Agent, id: string | undefined) => who.send('POST', `/proposals/${id}/confirm`);
  const why = 'Approvals on the road take too long.';

  test('more is demanded by one hand, less waits for another, and everything else takes effect', async () => {
    const stricter = { stepUp: { minutes: 10, everyone: true }, secondFactor: { of: 'deciders', days: 30 } };
    expect((await patch(admin, stricter)).statusCode).toBe(200);
    const asked = { stepUp: { minutes: 5, everyone: false }, secondFactor: { of: 'deciders', days: 20 } };
    const answer = await patch(admin, { ...asked, financialYear: 4, reason: why });
    expect([answer.statusCode, Object.keys(answer.json())]).toEqual([202, ['waits']]);
    expect(await rules()).toEqual([10, true, 'deciders', 20]);
    expect((await admin.send('GET', '/organisation')).json().financialYear).toBe(4);
    const reader = await signedIn(server, admin.organisation, ['reader']);
    const manager = await signedIn(server, admin.organisation, ['aims-manager']);
    const shown = await newest(reader);
    expect(shown).toMatchObject({
      ...{
        matter: 'proof-rules',
        reason: why,
        state: 'waits',
        abilities: { confirm: { allowed: false }, end: false },
      },
      proof: { stepUp: { from: { minutes: 10, everyone: true }, to: { minutes: 5, everyone: false } } },
    });
    expect(shown?.proof).not.toHaveProperty('secondFactor');
    expect(shown?.confirmers.map(({ member }) => member)).toContain(second.id);
    const token = await tokenAgent(server, admin.organisation, ['admin']);
    for (const who of [admin, reader, manager, token])
      expect(code(await confirm(who, shown?.id))).toEqual([403, 'forbidden']);
    expect(code(await patch(second, { stepUp: { minutes: 700, everyone: true } }))).toEqual([
      409,
      'conflict',
    ]);
    expect(await rules()).toEqual([10, true, 'deciders', 20]);
    expect((await confirm(second, shown?.id)).json()).toMatchObject({ matter: 'proof-rules', link: null });
    expect(await rules()).toEqual([5, false, 'deciders', 20]);
    expect(code(await confirm(second, shown?.id))).toEqual([409, 'conflict']);
    const told = (await admin.send('GET', '/log?act=organisation.changed,proposal.confirmed&limit=2')).json();
    expect(told.items.map(({ act, by, changed }: LogEntryWire) => [act, by.id, changed]).sort()).toEqual([
      ['organisation.changed', second.id, ['stepUp']],
      ['proposal.confirmed', second.id, []],
    ]);
  });

  test('not by a token, by whoever keeps the settings without being an administrator, nor in two steps', async () => {
    const less = { secondFactor: { of: 'nobody', days: 20 } };
    const token = await tokenAgent(server, admin.organisation, ['admin']);
    const manager = await signedIn(server, admin.organisation, ['aims-manager']);
    for (const who of [token, manager]) {
      const { waits } = (await patch(who, less)).json();
      expect(await rules()).toEqual([5, false, 'deciders', 20]);
      const ended = { reason: 'Nobody here wants this.' };
      expect((await second.send('POST', `/proposals/${waits}/end`, ended)).statusCode).toBe(200);
    }
    // Widening the demand gives nobody more time, so that it is no way around.
    expect((await patch(admin, { secondFactor: { of: 'everyone', days: 21 } })).statusCode).toBe(202);
    const { id } = (await newest(admin)) ?? {};
    expect((await patch(second, { secondFactor: { of: 'everyone', days: 20 } })).statusCode).toBe(200);
    // What stands changed since: it is proposed anew.
    expect(code(await confirm(second, id))).toEqual([412, 'changed']);
    expect(await rules()).toEqual([5, false, 'everyone', 20]);
    await admin.send('POST', `/proposals/${id}/end`, { reason: 'It stands otherwise now.' });
    const { waits } = (await patch(admin, { secondFactor: { of: 'nobody', days: 14 } })).json();
    expect((await newest(second))?.proof).toEqual({
      secondFactor: { from: { of: 'everyone', days: 20 }, to: { of: 'nobody', days: 14 } },
    });
    expect((await confirm(second, waits)).statusCode).toBe(200);
    expect((await patch(admin, { stepUp: { minutes: 15, everyone: true } })).statusCode).toBe(202);
    expect((await confirm(second, (await newest(admin))?.id)).statusCode).toBe(200);
    expect(await rules()).toEqual([15, true, 'nobody', 14]);
  });

  test('two at once leave what both asked for: neither writes back what the other changed', async () => {
    const answers = await Promise.all([
      patch(admin, { financialYear: 7 }),
      patch(second, { stepUp: { minutes: 3, everyone: true } }),
      patch(admin, { tokenMaxDays: 90 }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(await rules()).toEqual([3, true, 'nobody', 14]);
    const { financialYear, tokenMaxDays } = (await admin.send('GET', '/organisation')).json();
    expect([financialYear, tokenMaxDays]).toEqual([7, 90]);
    const { waits } = (await patch(admin, { stepUp: { minutes: 15, everyone: true } })).json();
    expect((await confirm(second, waits)).statusCode).toBe(200);
  });
});

test('nobody opens the account of another administrator alone, of a reader they do', async () => {
  const reader = await signedIn(server, admin.organisation, ['reader']);
  expect((await admin.send('POST', `/members/${reader.id}/password-reset`)).statusCode).toBe(201);
  const reset = await admin.send('POST', `/members/${second.id}/password-reset`);
  expect([reset.statusCode, Object.keys(reset.json())]).toEqual([202, ['waits']]);
  const links = await server.store.owner.query('select from sign_in_link where member = $1', [second.id]);
  expect(links.rows).toEqual([]);
  const { id } = (await newest(admin)) ?? {};
  // Of accounts only administrators are told, and whose it is.
  expect((await listed(reader)).some(({ matter }) => matter === 'password-reset')).toBe(false);
  expect(code(await reader.send('POST', `/proposals/${id}/confirm`))).toEqual([404, 'not-found']);
  expect(code(await admin.send('POST', `/proposals/${id}/confirm`))).toEqual([403, 'forbidden']);
  const third = await signedIn(server, admin.organisation, ['admin']);
  const confirmed = await third.send('POST', `/proposals/${id}/confirm`);
  expect(confirmed.json()).toMatchObject({ matter: 'password-reset', mailed: false });
  // The link is shown to the second hand, this once.
  expect(confirmed.json().link).toContain('/password#token=');
  expect(JSON.stringify(await listed(third))).not.toContain('token=');
});

describe('who administers', () => {
  const members = async (): Promise<MemberWire[]> => (await admin.send('GET', '/members')).json().items;
  const rolesOf = async (id: string) => (await members()).find((one) => one.id === id)?.roles;
  const patch = (who: Agent, id: string, body: object) => who.send('PATCH', `/members/${id}`, body);
  const confirm = (who: Agent, id: string | undefined) => who.send('POST', `/proposals/${id}/confirm`);
  const why = 'The third of us retires in May.';

  test('a role that makes an administrator waits, with end and access; the name does not', async () => {
    const reader = await signedIn(server, admin.organisation, ['reader'], { name: 'Head of underwriting' });
    const body = { name: 'Chief underwriter', roles: ['admin', 'reader'], until: '2999-12-31', reason: why };
    const answer = await patch(admin, reader.id, body);
    expect([answer.statusCode, Object.keys(answer.json())]).toEqual([202, ['waits']]);
    expect((await members()).find(({ id }) => id === reader.id)).toMatchObject({
      name: 'Chief underwriter',
      roles: ['reader'],
    });
    const proposal = await newest(second);
    expect(proposal).toMatchObject({
      matter: 'administrator',
      reason: why,
      about: { member: reader.id, name: 'Chief underwriter' },
      rights: { gains: ['admin'], loses: [], access: null, until: '2999-12-31', joins: [], ended: false },
    });
    // Whom it is about sees it, and is no second hand; nor is whoever proposed it.
    expect((await newest(reader))?.id).toBe(proposal?.id);
    for (const who of [admin, reader])
      expect(code(await confirm(who, proposal?.id))).toEqual([403, 'forbidden']);
    expect(code(await patch(admin, reader.id, { roles: ['admin'] }))).toEqual([409, 'conflict']);
    expect((await confirm(second, proposal?.id)).json()).toMatchObject({
      matter: 'administrator',
      link: null,
    });
    expect(await rolesOf(reader.id)).toEqual(['admin', 'reader']);
    // Other roles of theirs, and a name, are one hand's.
    expect((await patch(admin, reader.id, { roles: ['admin'] })).statusCode).toBe(200);
    expect((await patch(admin, reader.id, { roles: ['reader'] })).statusCode).toBe(200);
  });

  test('what was proposed on other rights than stand is confirmed by nobody', async () => {
    const reader = await signedIn(server, admin.organisation, ['reader']);
    const { waits } = (await patch(admin, reader.id, { roles: ['admin'] })).json();
    expect((await patch(second, reader.id, { roles: ['contributor'] })).statusCode).toBe(200);
    expect(code(await confirm(second, waits))).toEqual([412, 'changed']);
    expect(await rolesOf(reader.id)).toEqual(['contributor']);
  });

  test('access or a day that is given back to an administrator waits as well', async () => {
    const third = await signedIn(server, admin.organisation, ['admin']);
    expect((await patch(admin, third.id, { active: false })).statusCode).toBe(200);
    const { waits } = (await patch(admin, third.id, { active: true })).json();
    expect(await newest(second)).toMatchObject({ id: waits, rights: { access: 'begins', gains: [] } });
    const refusal = { reason: 'They left us for good.' };
    await second.send('POST', `/proposals/${waits}/end`, refusal);
    expect((await newest(admin))?.state).toBe('refused');
    await patch(admin, third.id, { until: '2020-01-31' });
    expect((await patch(admin, third.id, { active: true })).statusCode).toBe(200);
    expect((await patch(admin, third.id, { until: null })).statusCode).toBe(202);
  });

  test('an invitation goes out at once, and its administrator is one once that is confirmed', async () => {
    const person = { name: 'Head of audit', email: 'audit@example.org', roles: ['admin', 'reader'] };
    const invited = await admin.send('POST', '/members', person);
    expect([invited.statusCode, invited.json().link]).toEqual([
      201,
      expect.stringContaining('/invitation#token='),
    ]);
    const { member, waits } = invited.json();
    expect(await rolesOf(member)).toEqual(['reader']);
    expect(await newest(second)).toMatchObject({
      id: waits,
      matter: 'administrator',
      rights: { gains: ['admin'] },
    });
    expect((await confirm(second, waits)).statusCode).toBe(200);
    expect(await rolesOf(member)).toEqual(['admin', 'reader']);
    const other = await admin.send('POST', '/members', {
      ...person,
      email: 'a@example.org',
      roles: ['reader'],
    });
    expect(Object.keys(other.json())).not.toContain('waits');
  });

  test('a group makes administrators once another confirms it, and of whoever comes into it', async () => {
    const reader = await signedIn(server, admin.organisation, ['reader'], { name: 'Actuary' });
    const group = { name: 'Keepers', roles: ['admin', 'contributor'], members: [reader.id] };
    const made = await admin.send('POST', '/groups', group);
    expect([made.statusCode, made.json().roles]).toEqual([201, ['contributor']]);
    const { id, waits } = made.json();
    expect(await newest(second)).toMatchObject({
      matter: 'administrator-group',
      about: null,
      group: { id, name: 'Keepers' },
      rights: { gains: ['admin'], joins: [] },
    });
    const may = async (who: Agent) => (await who.send('GET', '/tokens')).statusCode;
    expect(await may(reader)).toBe(403);
    expect((await confirm(second, waits)).statusCode).toBe(200);
    expect(await may(reader)).toBe(200);
    // Who comes waits; a name, another role and who goes do not.
    const next = await signedIn(server, admin.organisation, ['reader'], { name: 'Data steward' });
    const send = (body: object) => admin.send('PATCH', `/groups/${id}`, body);
    const adding = await send({ name: 'Custodians', add: [next.id] });
    expect(adding.statusCode).toBe(202);
    expect(await newest(second)).toMatchObject({
      group: { name: 'Custodians' },
      rights: { gains: [], joins: [{ member: next.id, name: 'Data steward' }], leaves: [] },
    });
    expect(await may(next)).toBe(403);
    expect(code(await send({ add: [next.id] }))).toEqual([409, 'conflict']);
    // Another group is another matter.
    const apart = await admin.send('POST', '/groups', { name: 'Apart', roles: ['admin'] });
    expect(apart.json()).toMatchObject({ roles: [], waits: expect.any(String) });
    expect((await confirm(second, adding.json().waits)).statusCode).toBe(200);
    expect(await may(next)).toBe(200);
    expect((await send({ roles: ['admin'], remove: [next.id] })).statusCode).toBe(200);
    expect((await send({ add: [newId()] })).statusCode).toBe(422);
    expect((await admin.send('DELETE', `/groups/${id}`)).statusCode).toBe(204);
  });

  test('the last other administrator is ended by nobody alone, in no way; they may agree, or refuse', async () => {
    const office = await organisation(server, 'Office of two');
    const [one, other] = [
      await signedIn(server, office, ['admin']),
      await signedIn(server, office, ['admin']),
    ];
    for (const body of [{ active: false }, { roles: ['reader'] }, { until: '2999-12-31' }]) {
      const answer = await patch(one, other.id, body);
      expect([body, answer.statusCode]).toEqual([body, 202]);
      const { id } = (await newest(other)) ?? {};
      expect(await newest(other)).toMatchObject({
        matter: 'administrator-end',
        confirmers: [{ member: other.id }],
        abilities: { confirm: { allowed: true }, end: true },
      });
      await other.send('POST', `/proposals/${id}/end`, { reason: 'I would rather stay.' });
    }
    // Nor does whoever stands in for them: the two are one hand.
    const actuary = await signedIn(server, office, ['reader']);
    const today = server.services.clock().toISOString().slice(0, 10);
    const place = { absent: one.id, member: actuary.id, first: today, last: today, why: 'Leave' };
    expect((await one.send('POST', '/deputies', place)).statusCode).toBe(201);
    for (const body of [{ active: false }, { active: false, reason: why }])
      expect(code(await patch(actuary, other.id, body))).toEqual([403, 'forbidden']);
    // A program of theirs does it no more than they do.
    const token = (await one.send('POST', '/tokens', { name: 'Leavers', roles: ['admin'] })).json().secret;
    const headers = { authorization: `Bearer ${token}` };
    const byToken = await stranger(server).send(
      'PATCH',
      `/members/${other.id}`,
      { active: false },
      { headers },
    );
    expect(byToken.statusCode).toBe(202);
    expect(code(await confirm(one, byToken.json().waits))).toEqual([403, 'forbidden']);
    expect((await confirm(other, byToken.json().waits)).statusCode).toBe(200);
    expect((await other.send('GET', '/session')).statusCode).toBe(401);
    // Nobody else is left: then alone, with a reason that is listed.
    const reader = await signedIn(server, office, ['reader']);
    const alone = await patch(one, reader.id, { roles: ['admin'] });
    expect([alone.statusCode, alone.json().errors[0].at]).toEqual([422, 'reason']);
    expect((await patch(one, reader.id, { roles: ['admin'], reason: why })).statusCode).toBe(200);
    expect(await newest(one)).toMatchObject({
      matter: 'administrator',
      state: 'alone',
      reason: why,
      rights: null,
    });
  });

  test('whoever has an end counts until then, and who leaves by themselves is held by nobody', async () => {
    const office = await organisation(server, 'Office with an end');
    const [one, other] = [
      await signedIn(server, office, ['admin']),
      await signedIn(server, office, ['admin']),
    ];
    expect((await patch(one, other.id, { until: '2999-06-30' })).statusCode).toBe(202);
    expect((await patch(other, other.id, { until: '2999-06-30' })).statusCode).toBe(200);
    const { id } = (await newest(one)) ?? {};
    await one.send('POST', `/proposals/${id}/end`, { reason: 'They say so themselves.' });
    expect((await patch(one, other.id, { until: '2999-03-31' })).statusCode).toBe(202);
    expect((await patch(one, other.id, { until: '2999-12-31' })).statusCode).toBe(200);
    expect((await patch(other, other.id, { active: false })).statusCode).toBe(200);
  });
});

describe('whom one administrator alone gave their place', () => {
  const day = (ahead: number) =>
    new Date(server.services.clock().getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  const others = async (who: Agent) => (await newest(who))?.confirmers.map(({ member }) => member);
  const confirm = async (who: Agent) =>
    who.send('POST', `/proposals/${(await newest(first))?.id ?? ''}/confirm`);
  const withdraw = async (who: Agent) =>
    who.send('POST', `/proposals/${(await newest(who))?.id}/end`, { reason: 'It was a try of ours.' });
  const given = async (by: Agent, role: string, how: 'role' | 'group' = 'role') => {
    const one = await signedIn(server, by.organisation, ['reader']);
    const roles = [role];
    const answer =
      how === 'role'
        ? await by.send('PATCH', `/members/${one.id}`, { roles })
        : await by.send('POST', '/groups', { name: `Group of ${role}`, roles, members: [one.id] });
    expect([200, 201]).toContain(answer.statusCode);
    return one;
  };
  let first: Agent;
  let other: Agent;
  beforeAll(async () => {
    const office = await organisation(server, 'Office of makers');
    first = await signedIn(server, office, ['admin']);
    other = await signedIn(server, office, ['admin']);
  });

  test.each(['role', 'group'] as const)(
    'by a %s: they confirm nothing of theirs, nor of anybody',
    async (how) => {
      const manager = await given(first, 'aims-manager', how);
      expect((await put(first, { grants: [grant] })).statusCode).toBe(202);
      expect(await others(first)).toEqual([other.id]);
      const refused = await confirm(manager);
      expect(code(refused)).toEqual([403, 'forbidden']);
      // They proposed nothing: that is not why.
      expect(refused.json()).toMatchObject({
        detail: expect.stringContaining('One administrator alone gave you your place'),
        facts: { people: [{ id: other.id }] },
      });
      await withdraw(first);
      // What they propose is confirmed by whoever did not give them their place.
      expect((await put(manager, { grants: [grant] })).statusCode).toBe(202);
      expect(await others(first)).toEqual([other.id]);
      expect((await confirm(first)).json().detail).toContain('You gave whoever proposed this their place');
      expect((await confirm(other)).statusCode).toBe(200);
      expect((await first.send('PUT', '/authority', { grants: [] })).statusCode).toBe(202);
      expect((await confirm(other)).statusCode).toBe(200);
    },
  );

  test('with one administrator, it is that one who does it alone, in writing', async () => {
    const office = await organisation(server, 'Office of one');
    const sole = await signedIn(server, office, ['admin']);
    const manager = await given(sole, 'aims-manager');
    for (const body of [{ grants: [grant] }, { grants: [grant], reason }]) {
      const refused = await put(manager, body);
      expect(code(refused)).toEqual([403, 'forbidden']);
      expect(refused.json().facts).toMatchObject({ who: ['admin'], people: [{ id: sole.id }] });
    }
    const why = { reason: 'We are two and one of us writes.', until: day(30) };
    expect(code(await manager.send('POST', '/duty-waivers', why))).toEqual([403, 'forbidden']);
    expect((await put(sole, { grants: [grant], reason })).statusCode).toBe(200);
    expect(await newest(sole)).toMatchObject({ state: 'alone', by: { member: sole.id } });
  });

  test('a waiver is given and confirmed by whom the table of authority names by name', async () => {
    const [one, two] = [await given(first, 'top-management'), await given(first, 'top-management')];
    const table = (holders: object[]) =>
      holders.map((holder, at) => ({ level: at === 0 ? 'severe' : 'high', dimension: 'waiver', holder }));
    await put(first, { grants: table([{ role: 'top-management' }]) });
    expect((await confirm(other)).statusCode).toBe(200);
    const why = { reason: 'Three of us write, and two approve.', until: day(30) };
    // By a role alone nobody gives one: both refusals say that the table has to name somebody by name, and who proposes it.
    const byRole = (await one.send('POST', '/duty-waivers', why)).json();
    expect(byRole.detail).toContain('An administrator proposes a table that names somebody by name');
    expect(byRole.facts.people.map((person: { id: string }) => person.id)).toContain(first.id);
    const byNobody = (await first.send('POST', '/duty-waivers', why)).json();
    expect(byNobody.detail).toContain('propose a table that names somebody by name for waivers');
    expect(byNobody.facts).toEqual({ who: ['admin', 'aims-manager'] });
    expect((await first.send('GET', '/duty-waivers')).json().abilities.give).toMatchObject({
      allowed: false,
      reason: byNobody.detail,
    });
    const named = [{ level: 'severe', dimension: 'waiver', holder: { member: one.id }, delegate: two.id }];
    await put(first, { grants: named });
    expect((await confirm(other)).statusCode).toBe(200);
    expect((await first.send('POST', '/duty-waivers', why)).json()).toMatchObject({
      detail: 'The table of authority names somebody else for waivers of every level.',
      facts: { people: expect.arrayContaining([{ id: one.id, name: expect.any(String) }]) },
    });
    // Named in the same line they are one hand: whoever stands in for the holder is no second one.
    expect((await one.send('POST', '/duty-waivers', why)).statusCode).toBe(201);
    expect((await newest(first))?.state).toBe('alone');
  });
});

test('an old proof confirms nothing', async () => {
  const fresh = await signedIn(server, admin.organisation, ['admin']);
  await admin.send('PUT', '/authority', { grants: [grant] });
  const { id } = (await newest(fresh)) ?? {};
  server.later(16 * 60_000);
  expect(code(await fresh.send('POST', `/proposals/${id}/confirm`))).toEqual([403, 'step-up']);
  await proveAgain(fresh);
  expect((await fresh.send('POST', `/proposals/${id}/confirm`)).statusCode).toBe(200);
  expect(await table()).toBe(1);
});

test('proposals are held against the log, in both directions', async () => {
  await publish(server, signing);
  expect(await found(server, admin.organisation)).toEqual([]);
  const tampered = [
    `update proposal set what = '{"byHand": true}' where matter = 'waiver'`,
    `update proposal set by_id = gen_random_uuid()::text where ended_as = 'confirmed' and matter = 'waiver'`,
    `update proposal set ended_as = 'confirmed' where ended_as = 'refused'`,
    `update proposal set about = gen_random_uuid() where about is not null`,
    `delete from proposal where ended_as = 'alone'`,
  ];
  for (const text of tampered) {
    await server.store.owner.query('create table kept as select * from proposal');
    await server.store.owner.query(text);
    expect([text, await found(server, admin.organisation)]).not.toEqual([text, []]);
    await server.store.owner.query('delete from proposal');
    await server.store.owner.query('insert into proposal select * from kept');
    await server.store.owner.query('drop table kept');
  }
  expect(await found(server, admin.organisation)).toEqual([]);
});
