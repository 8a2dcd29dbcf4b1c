import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  agentOf,
  alsoIn,
  ifMatch,
  organisation,
  password,
  record,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { found, publish, verifiedWorld, type World } from '../../../test/verified-world.ts';
import { joinMembers } from '../../store/identities.ts';

let server: TestServer;
let signing: TestSigning;
let world: World;
let admin: Agent;

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store, 'aims.example.org');
});
afterAll(async () => {
  signing.close();
  await server.close();
});
beforeEach(async () => {
  world = await verifiedWorld(server, signing);
  admin = await signedIn(server, world.organisation, ['admin', 'aims-manager'], { name: 'Administrator' });
});

const faults = async () => {
  await publish(server, signing);
  return found(server, world.organisation);
};
const erase = (version: number, reason = 'person-asked', path = `/systems/${world.system}`) =>
  admin.send('POST', `${path}/erase`, { reason }, ifMatch(version));
async function erased(): Promise<void> {
  await admin.send('POST', `/systems/${world.system}/archive`, {}, ifMatch(2));
  expect((await erase(3)).statusCode).toBe(200);
}

test('only an archived record is erased, on the version that was seen, for a reason of the list, and once', async () => {
  const path = `/systems/${world.system}`;
  const before = (await admin.send('GET', path)).json().abilities.erase;
  expect(before).toMatchObject({
    allowed: false,
    reason: 'Archive this record first. Erasing cannot be undone.',
  });
  expect((await erase(2)).json().code).toBe('conflict');
  await admin.send('POST', `${path}/archive`, {}, ifMatch(2));
  expect((await admin.send('GET', path)).json().abilities.erase).toEqual({ allowed: true });
  expect((await erase(2)).statusCode).toBe(412);
  expect((await admin.send('POST', `${path}/erase`, { reason: 'law' })).statusCode).toBe(428);
  expect((await erase(3, 'Because Jane asked')).statusCode).toBe(422);
  expect((await world.manager.send('POST', `${path}/erase`, { reason: 'law' }, ifMatch(3))).statusCode).toBe(
    403,
  );
  expect((await erase(3)).json().record).toMatchObject({ title: 'erased', erased: true, fields: {} });
  expect((await erase(3)).json()).toMatchObject({ code: 'conflict' });
  expect(await faults()).toEqual([]);
});

test('the history of an erased record says who erased it and why, and every version stays without its content', async () => {
  await erased();
  await publish(server, signing);
  const history = (await admin.send('GET', `/systems/${world.system}/history`)).json();
  expect(history.erased).toMatchObject({
    by: { type: 'person', id: admin.id },
    byName: 'Administrator',
    reason: 'person-asked',
    entry: expect.any(Number),
  });
  expect(history.items.map((one: { version: number }) => one.version)).toEqual([3, 2, 1]);
  for (const one of history.items) {
    expect(one).not.toHaveProperty('fields');
    expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
  }
  const entry = (await admin.send('GET', `/log/entries/${history.erased.entry}/proof`)).json().entry;
  expect(JSON.parse(entry)).toMatchObject({
    act: 'record.erased',
    record: world.system,
    reason: 'person-asked',
  });
  const kept = (await admin.send('GET', `/documents/${world.document}/history`)).json();
  expect(kept).not.toHaveProperty('erased');
});

test('nothing is said on an erased record again, and the log goes on verifying', async () => {
  await erased();
  const path = `/systems/${world.system}`;
  const tries = [
    admin.send('POST', `${path}/restore`, {}, ifMatch(3)),
    admin.send('PATCH', path, { fields: { name: 'Back again' } }, ifMatch(3)),
    admin.send('POST', `${path}/undo`, { version: 3 }),
    admin.send('POST', `${path}/comments`, { text: 'It said that' }),
    world.manager.send('PATCH', `/comments/${world.comment}`, { text: 'It said that' }),
  ];
  for (const answer of await Promise.all(tries)) expect([404, 409]).toContain(answer.statusCode);
  const { abilities } = (await admin.send('GET', path)).json();
  for (const act of ['edit', 'restore', 'comment', 'erase', 'undo'])
    expect(abilities[act], act).toMatchObject({ allowed: false });
  expect(await faults()).toEqual([]);
});

test('what somebody wrote is erased by another administrator, whichever account wrote it, while there is one', async () => {
  const mine = async (by: Agent, collection = 'evidence') => {
    const { ref, version } = await record(by, collection, { name: 'Wrong upload', keepUntil: '2021-01' });
    await admin.send('POST', `/${collection}/${ref}/archive`, {}, ifMatch(version));
    return `/${collection}/${ref}`;
  };
  const able = async (who: Agent, path: string) => (await who.send('GET', path)).json().abilities.erase;
  const own = await mine(admin);
  expect(await able(admin, own)).toEqual({ allowed: true });
  const other = await signedIn(server, world.organisation, ['admin'], { name: 'Other administrator' });
  const refused = { reason: 'You wrote this, so another person erases it.', people: [{ id: other.id }] };
  expect(await able(admin, own)).toMatchObject({ allowed: false, who: ['admin'], ...refused });
  const [due] = (await admin.send('GET', '/due-removals')).json().items;
  expect(due.erase).toMatchObject({ allowed: false, ...refused });
  const answer = await erase(2, 'mistake', own);
  expect([answer.statusCode, answer.json().detail]).toEqual([403, refused.reason]);
  expect(answer.json().facts.people).toEqual([{ id: other.id, name: 'Other administrator' }]);
  // By a second account of the same person, and by a program that they made.
  const second = await signedIn(server, world.organisation, ['aims-manager']);
  const actor = { type: 'rule', rule: 'test' } as const;
  const { organisation: house } = world;
  await server.store.change(
    { organisation: house, actor, at: server.services.clock(), because: null, request: null },
    (write) => joinMembers(write, admin.id, second.id),
  );
  const made = (await admin.send('POST', '/tokens', { name: 'Sync', roles: ['aims-manager'] })).json();
  const program = agentOf(
    server,
    { authorization: `Bearer ${made.secret}` },
    world.organisation,
    made.token.id,
  );
  for (const path of [await mine(second), await mine(program)]) {
    expect((await erase(2, 'mistake', path)).statusCode, path).toBe(403);
    expect(await able(other, path), path).toEqual({ allowed: true });
  }
  const done = await other.send('POST', `${own}/erase`, { reason: 'mistake' }, ifMatch(2));
  expect(done.statusCode).toBe(200);
});

const leave = () => admin.send('PATCH', `/members/${world.manager.id}`, { active: false });
const eraseName = (id: string) => admin.send('POST', `/members/${id}/erase`, { reason: 'retention' });

test('the name of a person is erased once they left, for good, and what they did stays', async () => {
  expect((await eraseName(world.manager.id)).json().code).toBe('conflict');
  await leave();
  expect((await eraseName(world.manager.id)).json()).toMatchObject({ name: 'Name erased', erased: true });
  const names = await server.store.owner.query('select name from member where id = $1', [world.manager.id]);
  expect(names.rows).toEqual([{ name: 'Name erased' }]);
  expect((await eraseName(world.manager.id)).json().code).toBe('conflict');
  const back = await admin.send('PATCH', `/members/${world.manager.id}`, { name: 'Head', active: true });
  expect(back.json().code).toBe('conflict');
  const [first] = (await admin.send('GET', `/documents/${world.document}/history`)).json().items;
  expect(first).toMatchObject({ by: { id: world.manager.id }, byName: 'Name erased' });
  expect(await faults()).toEqual([]);
});

const personOf = async (member: string): Promise<string> => {
  const { rows } = await server.store.owner.query<{ person: string }>(
    'select person from member where id = $1',
    [member],
  );
  return rows[0]?.person ?? '';
};
const login = async (person: string) =>
  (
    await server.store.owner.query('select email, password_hash, erased_in from person where id = $1', [
      person,
    ])
  ).rows[0];

test('a login goes with the last membership of its person, on the whole installation, and no sooner', async () => {
  const email = 'leaver@example.org';
  const leaver = await signedIn(server, world.organisation, ['reader'], { email, name: 'Head of pricing' });
  await authenticator(server, leaver).add();
  const person = await personOf(leaver.id);
  const office = await organisation(server, 'Where they are too');
  const there = await alsoIn(server, leaver, office, ['reader']);
  const administrator = await signedIn(server, office, ['admin']);
  await admin.send('PATCH', `/members/${leaver.id}`, { active: false });
  expect((await eraseName(leaver.id)).statusCode).toBe(200);
  // Elsewhere they are a member still, archived or ended as it may be.
  await administrator.send('PATCH', `/members/${there}`, { active: false });
  expect(await login(person)).toMatchObject({ email });
  expect(await faults()).toEqual([]);
  const reason = { reason: 'law' };
  expect((await administrator.send('POST', `/members/${there}/erase`, reason)).statusCode).toBe(200);
  expect(await login(person)).toEqual({ email: null, password_hash: null, erased_in: office });
  const factors = await server.store.owner.query('select from factor where ended_at is null');
  expect(factors.rowCount).toBe(0);
  const entered = await stranger(server).send('POST', '/session', { email, password });
  expect(entered.statusCode).toBe(401);
  // The address is free: whoever comes by it is somebody else.
  expect((await signedIn(server, office, ['reader'], { email })).id).toEqual(expect.any(String));
  expect(await faults()).toEqual([]);
  expect(await found(server, office)).toEqual([]);
});

test('an erased login that comes back, or was erased without a word, is found by the log that tells of it', async () => {
  const leaver = await signedIn(server, world.organisation, ['reader'], { email: 'gone@example.org' });
  await admin.send('PATCH', `/members/${leaver.id}`, { active: false });
  await eraseName(leaver.id);
  expect(await faults()).toEqual([]);
  const said = async (statement: string) => {
    await asAttacker(server.store, ['create table kept_person as select * from person', []], [statement, []]);
    const faulty = (await found(server, world.organisation)).map((fault) => fault.replace(/#\d+$/, '#'));
    const back = `update person p set (email, erased_in, erased_at) = (select k.email, k.erased_in, k.erased_at from kept_person k where k.id = p.id)`;
    await asAttacker(server.store, [back, []], ['drop table kept_person', []]);
    return faulty;
  };
  const of = `where erased_in = '${world.organisation}'`;
  expect(await said(`update person set email = 'back@example.org' ${of}`)).toEqual([
    'row-differs person.email #',
  ]);
  expect(await said(`update person set erased_at = now() ${of}`)).toEqual(['row-differs person.erased_at #']);
  expect(await said(`update person set erased_in = null ${of}`)).toEqual(['row-differs person.erased_in #']);
  const member = `where id = (select person from member where id = '${admin.id}')`;
  const unsaid = `update person set erased_at = now(), erased_in = '${world.organisation}' ${member}`;
  expect(await said(unsaid)).toEqual(['row-unlogged person']);
  expect(await faults()).toEqual([]);
});

test('the address of an invitation goes with the name', async () => {
  const invitation = {
    name: 'Head of pricing',
    email: 'pricing@example.org',
    roles: ['reader'],
    until: null,
  };
  const { member } = (await admin.send('POST', '/members', invitation)).json();
  await admin.send('PATCH', `/members/${member}`, { active: false });
  await eraseName(member);
  const listed = (await admin.send('GET', '/members')).json().items;
  const one = listed.find(({ id }: { id: string }) => id === member);
  expect(one).toMatchObject({ name: 'Name erased', erased: true });
  expect(one).not.toHaveProperty('email');
  const left = await server.store.owner.query('select 1 from sign_in_link where member = $1', [member]);
  expect(left.rowCount).toBe(0);
  expect(await faults()).toEqual([]);
});

test('a service account has no name of a person to erase', async () => {
  const account = { name: 'Inventory sync', owner: admin.id, roles: ['reader'], until: null };
  const { id } = (await admin.send('POST', '/service-accounts', account)).json();
  await admin.send('PATCH', `/members/${id}`, { active: false });
  expect((await eraseName(id)).json().code).toBe('conflict');
});
