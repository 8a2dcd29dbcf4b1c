import type { Role } from '@throughline/domain/permissions.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { RoleWire } from '@throughline/domain/wire-people.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  ifMatch,
  organisation,
  password,
  record,
  signedIn,
  stranger,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { wholePolicy } from '../../../test/whole.ts';

const dayMs = 86_400_000;
let server: TestServer;
let admin: Agent;
let away: Agent;
let deputy: Agent;
/** Writes records by a group alone. */
let writer: Agent;
beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  writer = await person(['reader'], 'Head of claims');
  const group = { name: 'Writers', roles: ['aims-manager'], members: [writer.id] };
  await admin.send('POST', '/groups', group);
});
afterAll(() => closeUnfailed(server));
beforeEach(async () => {
  away = await person(['system-owner'], 'Head of pricing');
  deputy = await person(['reader'], 'Actuary');
});

const person = (roles: readonly Role[], name = 'Somebody') =>
  signedIn(server, admin.organisation, roles, { name });
/** A day from today in the organisation's zone, Berlin. */
const day = (ahead = 0, timeZone = 'Europe/Berlin') =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(
    new Date(server.services.clock().getTime() + ahead * dayMs),
  );
const name = (by: Agent, change: Record<string, unknown> = {}) =>
  by.send('POST', '/deputies', {
    absent: away.id,
    member: deputy.id,
    first: day(),
    last: day(7),
    why: 'Leave',
    ...change,
  });
const said = async (answer: ReturnType<Agent['send']>) => {
  const { statusCode, ...got } = await answer;
  const { detail, errors = [] } = got.json();
  return [statusCode, errors[0]?.at ?? detail];
};
const owned = (who: Agent) => record(writer, 'systems', { name: 'Motor tariff', owner: who.id });
const see = async (who: Agent, of: RecordWire): Promise<RecordWire> =>
  (await who.send('GET', `/systems/${of.ref}`)).json();

test('a deputy acts for whoever is away on the days named, and every trace says for whom', async () => {
  const system = await owned(away);
  const edit = { fields: { purpose: 'Prices motor policies' } };
  const change = (version: number) => deputy.send('PATCH', `/systems/${system.ref}`, edit, ifMatch(version));
  expect((await change(1)).statusCode).toBe(403);
  expect((await name(away)).statusCode).toBe(201);
  expect((await see(deputy, system)).abilities.edit).toEqual({
    allowed: true,
    for: { id: away.id, name: 'Head of pricing' },
  });
  expect((await change(1)).statusCode).toBe(200);
  const { rows } = await server.store.owner.query(
    `select v.actor_id, v.on_behalf_of, e.body from revision v join entry e on e.organisation = v.organisation and e.id = v.entry
      where v.record = $1 and v.version = 2`,
    [system.id],
  );
  const entry = JSON.parse(rows[0].body.toString('utf8'));
  expect([rows[0].actor_id, rows[0].on_behalf_of]).toEqual([deputy.id, away.id]);
  expect([entry.actor.id, entry.onBehalfOf]).toEqual([deputy.id, away.id]);
});

test('only on these days: not before, not after, and not once it is ended', async () => {
  const system = await owned(away);
  await name(away, { first: day(2), last: day(3) });
  const may = async () => (await see(deputy, system)).abilities.edit?.allowed;
  expect(await may()).toBe(false);
  server.later(2 * dayMs);
  try {
    // The session of before is over by now.
    const later = await signedIn(server, admin.organisation, ['reader']);
    const { items } = (await later.send('GET', '/deputies')).json();
    const mine = items.find((one: { absent: { id: string } }) => one.absent.id === away.id);
    expect(mine).toMatchObject({ now: true, why: null, abilities: { end: { allowed: false } } });
  } finally {
    server.later(-2 * dayMs);
  }
  const other = await person(['reader']);
  const made = (await name(away, { member: other.id })).json();
  expect((await see(other, system)).abilities.edit?.allowed).toBe(true);
  expect((await other.send('DELETE', `/deputies/${made.id}`)).statusCode).toBe(204);
  expect((await see(other, system)).abilities.edit?.allowed).toBe(false);
});

test('an administrator shows once more that it is them before they end another person’s deputy; one’s own ends by a word', async () => {
  const of = async (absent: Agent, member: Agent) =>
    (await name(absent, { member: member.id, first: day(40), last: day(41) })).json().id;
  const [one, two] = [await of(away, await person(['reader'])), await of(away, await person(['reader']))];
  server.later(16 * 60_000);
  try {
    expect((await admin.send('DELETE', `/deputies/${one}`)).json().code).toBe('step-up');
    expect((await away.send('DELETE', `/deputies/${two}`)).statusCode).toBe(204);
  } finally {
    server.later(-16 * 60_000);
  }
  expect((await admin.send('DELETE', `/deputies/${one}`)).statusCode).toBe(204);
});

test('what is wrong is said at its field', async () => {
  expect(await said(name(away, { member: away.id }))).toEqual([422, 'member']);
  expect(await said(name(away, { first: day(-1) }))).toEqual([422, 'first']);
  expect(await said(name(away, { first: day(3), last: day(2) }))).toEqual([422, 'last']);
  expect(await said(name(away, { last: day(366) }))).toEqual([422, 'last']);
  expect((await name(away, { last: day(365) })).statusCode).toBe(201);
  expect(await said(name(away, { first: day(20), last: day(30) }))).toEqual([409, 'member']);
  const auditor = await person(['external-auditor']);
  expect(await said(name(away, { member: auditor.id }))).toEqual([422, 'member']);
  expect(await said(name(admin, { absent: auditor.id }))).toEqual([422, 'absent']);
  const elsewhere = await signedIn(server, await organisation(server), ['reader']);
  expect(await said(name(away, { member: elsewhere.id }))).toEqual([422, 'member']);
  const gone = await person(['reader']);
  await admin.send('PATCH', `/members/${gone.id}`, { active: false });
  expect(await said(name(away, { member: gone.id }))).toEqual([422, 'member']);
});

test('people name their own, administrators anybody’s, and nobody themselves in another’s place', async () => {
  expect((await name(deputy)).statusCode).toBe(403);
  expect((await name(admin)).statusCode).toBe(201);
  const oneself = await name(admin, { member: admin.id });
  expect([oneself.statusCode, oneself.json().detail]).toEqual([
    403,
    'You do not put yourself in another person’s place. They do, or another administrator.',
  ]);
  const second = await person(['reader']);
  const chief = await person(['admin']);
  await chief.send('POST', '/same-persons', { members: [admin.id, second.id] });
  expect((await name(admin, { member: second.id })).statusCode).toBe(403);
  const token = await tokenAgent(server, admin.organisation, ['reader']);
  expect((await name(token, { absent: second.id })).statusCode).toBe(403);
});

test('whom an administrator let in takes another’s place by the word of the absent or of another administrator', async () => {
  const house = await organisation(server, 'Small Mutual');
  const first = await signedIn(server, house, ['admin']);
  const chief = await signedIn(server, house, ['top-management'], { name: 'Head of the house' });
  const invited = async (email: string): Promise<string> => {
    const made = (await first.send('POST', '/members', { name: 'Invited', email, roles: ['reader'] })).json();
    const token = secretOf(made.link);
    expect((await stranger(server).send('POST', '/invitations/accept', { token, password })).statusCode).toBe(
      201,
    );
    return made.member;
  };
  // Nobody else could: a house with one administrator arranges its absences all the same.
  const alone = { absent: chief.id, member: await invited('one@example.org') };
  expect((await name(first, alone)).statusCode).toBe(201);
  const other = await signedIn(server, house, ['admin'], { name: 'Head of operations' });
  const later = { absent: chief.id, member: await invited('two@example.org') };
  const refused = await name(first, later);
  expect([refused.statusCode, refused.json().detail, refused.json().facts]).toEqual([
    403,
    'You let this person in, so whoever is away names them, or another administrator.',
    { who: ['admin'], people: [{ id: other.id, name: 'Head of operations' }] },
  ]);
  expect((await name(other, later)).statusCode).toBe(201);
  const own = { absent: chief.id, member: await invited('three@example.org') };
  expect((await name(chief, own)).statusCode).toBe(201);
});

test('a deputy hands nothing on: neither the place nor, as an administrator for a while, that of others', async () => {
  const chief = await person(['admin']);
  await name(chief, { absent: chief.id });
  expect((await deputy.send('GET', '/tokens')).statusCode).toBe(200);
  const third = await person(['reader']);
  expect((await name(deputy, { absent: chief.id, member: third.id })).statusCode).toBe(403);
  expect((await name(deputy, { member: third.id })).statusCode).toBe(403);
  await name(deputy, { absent: deputy.id, member: third.id });
  expect((await third.send('GET', '/tokens')).statusCode).toBe(403);
});

test('who is named twice at once stands in once', async () => {
  const answers = await Promise.all([name(away), name(away), name(admin)]);
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
});

test('the last day of whoever is away ends the place, whatever was named', async () => {
  const system = await owned(away);
  await name(away);
  expect((await see(deputy, system)).abilities.edit?.allowed).toBe(true);
  await admin.send('PATCH', `/members/${away.id}`, { until: day(-1) });
  expect((await see(deputy, system)).abilities.edit?.allowed).toBe(false);
});

test('what is administered in somebody’s place says so in the log', async () => {
  const chief = await person(['admin']);
  await name(chief, { absent: chief.id });
  const made = await deputy.send('POST', '/groups', { name: 'By a deputy', roles: [] });
  const { rows } = await server.store.owner.query(`select body from entry where act = 'group.created'`);
  const bodies = rows.map(({ body }) => JSON.parse(body.toString('utf8')));
  const entry = bodies.find(({ group }) => group === made.json().id);
  expect([entry.actor.id, entry.onBehalfOf]).toEqual([deputy.id, chief.id]);
});

test('why somebody is away is read by them, their deputy and administrators', async () => {
  const { id } = (await name(away, { why: 'Operation' })).json();
  const reads = async (who: Agent) => {
    const { items } = (await who.send('GET', '/deputies')).json();
    return items.find((one: { id: string }) => one.id === id).why;
  };
  expect(await Promise.all([away, deputy, admin].map(reads))).toEqual([
    'Operation',
    'Operation',
    'Operation',
  ]);
  expect(await reads(await person(['top-management']))).toBeNull();
});

test('neither of the two approves what the other wrote', async () => {
  const manager = await person(['aims-manager'], 'AIMS manager');
  const policy = await record(manager, 'documents', { name: 'AI policy', ...wholePolicy });
  const approve = (who: Agent, of: RecordWire) =>
    who.send('POST', `/documents/${of.ref}/approvals`, {
      act: 'approve',
      version: of.version,
      digest: of.proof.digest,
      reason: null,
    });
  await name(manager, { absent: manager.id });
  const refused = await approve(deputy, policy);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    403,
    'You wrote this version, so another person approves it.',
  ]);
  const theirs = await record(deputy, 'documents', { name: 'Data policy', ...wholePolicy });
  expect((await approve(manager, theirs)).statusCode).toBe(403);
  const others = await record(writer, 'documents', { name: 'Model policy', ...wholePolicy });
  expect((await approve(deputy, others)).statusCode).toBeLessThan(300);
  const { rows } = await server.store.owner.query(
    'select by_id, on_behalf_of from approval where record = $1',
    [others.id],
  );
  expect(rows).toEqual([{ by_id: deputy.id, on_behalf_of: manager.id }]);
});

test('a refusal names who could, through whatever they could; programs and auditors are told roles', async () => {
  const here = await organisation(server);
  const one = (roles: readonly Role[], called = 'Somebody') =>
    signedIn(server, here, roles, { name: called });
  const owner = await one(['system-owner'], 'Head of motor');
  const chief = await one(['admin', 'aims-manager'], 'AIMS manager');
  const [stand, grouped, other] = [
    await one(['reader'], 'Deputy of motor'),
    await one(['reader'], 'Model risk officer'),
    await one(['contributor']),
  ];
  const group = { name: 'Model risk', roles: ['aims-manager'], members: [grouped.id] };
  await chief.send('POST', '/groups', group);
  const [first, last] = [day(0, 'UTC'), day(1, 'UTC')];
  const absence = { absent: owner.id, member: stand.id, first, last, why: 'Leave' };
  await owner.send('POST', '/deputies', absence);
  const system = await record(chief, 'systems', { name: 'Motor tariff', owner: owner.id });
  const refused = (await see(other, system)).abilities.edit;
  const people = [
    { id: chief.id, name: 'AIMS manager' },
    { id: stand.id, name: 'Deputy of motor' },
    { id: owner.id, name: 'Head of motor' },
    { id: grouped.id, name: 'Model risk officer' },
  ];
  expect(refused).toMatchObject({ allowed: false, people });
  const door = await other.send('PATCH', `/systems/${system.ref}`, { fields: { purpose: 'x' } }, ifMatch(1));
  expect([door.statusCode, door.json().facts.people]).toEqual([403, people]);
  const settings = (await other.send('GET', '/organisation')).json().abilities.edit;
  expect(settings).toMatchObject({ allowed: false, people: [people[0], people[3]] });
  for (const unnamed of [await one(['external-auditor']), await tokenAgent(server, here, ['reader'])]) {
    const edit = (await see(unnamed, system)).abilities.edit;
    expect(edit).toMatchObject({ allowed: false, who: expect.arrayContaining(['aims-manager']) });
    expect(edit).not.toHaveProperty('people');
  }
});

test('what a group allows says so at the record, and what is one’s own does not', async () => {
  const system = await owned(away);
  expect((await see(writer, system)).abilities.edit).toEqual({
    allowed: true,
    groups: [{ id: expect.any(String), name: 'Writers' }],
  });
  expect((await see(writer, system)).abilities.export).toEqual({ allowed: true });
  expect((await see(away, system)).abilities.edit).toEqual({ allowed: true });
});

test('the roles say who holds each today, and through what', async () => {
  await name(away);
  const { items } = (await deputy.send('GET', '/roles')).json() as { items: RoleWire[] };
  const holds = (role: Role, id: string) =>
    items.find((one) => one.role === role)?.holders.find(({ member }) => member.id === id);
  expect(holds('system-owner', away.id)).toMatchObject({ own: true, groups: [], standsFor: [] });
  expect(holds('system-owner', deputy.id)).toMatchObject({
    own: false,
    standsFor: [{ id: away.id, name: 'Head of pricing', last: day(7) }],
  });
  expect(holds('aims-manager', writer.id)).toMatchObject({ own: false, groups: [{ name: 'Writers' }] });
  expect(holds('admin', deputy.id)).toBeUndefined();
});
