import { erasedName } from '@throughline/domain/erasure.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { factorContent, memberName, passwordContent } from '../../store/bound.ts';
import { newSalt } from '../../store/digest.ts';
import { newId } from '../../store/ids.ts';
import { addMember, tieLogin } from '../../store/members.ts';
import type { Write } from '../../store/write.ts';
import { verifyOrganisation } from './verify-organisation.ts';

// What earlier releases wrote of accounts named the person and stood in some cases alone: it stays, and verifies.
let server: TestServer;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
let admin: Agent;
let place: string;
const [person, member, gone, session, ended] = [newId(), newId(), newId(), newId(), newId()];
const [kept, passing] = [newId(), newId()];
const at = new Date('2026-03-02T09:00:00.000Z');
const hash = '$argon2id$of-an-earlier-release';
const factor = { secret: Buffer.from('sealed'), credential: null, kind: 'totp' };

const earlierMember = `insert into member (organisation, id, person, name, roles, preferences, created_at, salt)
  values ($1, $2, $3, 'Head of claims', '{reader}', '{}', $4, $5)`;

/** An entry as it was; today's types no longer write it. */
const told = (write: Write, body: Readonly<Record<string, unknown>>): unknown =>
  write.log(JSON.parse(JSON.stringify(body)));

async function asItWas(write: Write): Promise<void> {
  const [salt, nameSalt, factorSalt] = [newSalt(), newSalt(), newSalt()];
  const { owner } = server.store;
  await owner.query(
    `insert into person (id, email, password_hash, password_salt, password_in, password_at, created_at)
      values ($1, 'claims@example.org', $2, $3, $4, $5, $5)`,
    [person, hash, salt, place, at],
  );
  await owner.query('insert into person (id, created_at, erased_in, erased_at) values ($1, $3, $2, $3)', [
    gone,
    place,
    at,
  ]);
  await write.run({
    name: 'earlier-member',
    text: earlierMember,
    values: [place, member, person, at, nameSalt],
  });
  await owner.query(
    `insert into factor (id, person, kind, name, secret, salt, told_in, added_in, added_at, ended_in, ended_at)
      values ($1, $3, 'totp', 'Telephone', $4, $5, $6, $6, $7, null, null), ($2, $3, 'totp', 'Old one', null, $5, $6, $6, $7, $6, $7)`,
    [kept, passing, person, factor.secret, factorSalt, place, at],
  );
  await write.run({
    name: 'earlier-session',
    text: `insert into session (token_hash, id, person, organisation, member, created_at, seen_at, expires_at, proved_at, began_at, methods, own_proof)
      values ($1, $2, $3, $4, $5, $6, $6, $6, $6, $6, '{password,totp}', true)`,
    values: [Buffer.from(ended), session, person, place, member, at],
  });
  const digest = passwordContent(salt, { person, hash });
  told(write, { act: 'password.set', person, digest });
  const standing = { member, roles: ['reader'], person, until: null };
  told(write, { act: 'member.joined', ...standing, digest: memberName(nameSalt, 'Head of claims') });
  const methods = ['password', 'totp'];
  const continues = { signedInAt: at.toISOString(), provedAt: at.toISOString() };
  told(write, { act: 'session.started', session, person, member, methods, continues });
  for (const id of [kept, passing]) {
    const content = factorContent(factorSalt, { ...factor, factor: id, person });
    told(write, { act: 'factor.added', factor: id, person, kind: 'totp', digest: content });
  }
  told(write, { act: 'factor.ended', factor: passing, person, kind: 'totp' });
  told(write, { act: 'account.erased', person: gone, reason: 'person-asked' });
}

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  place = await organisation(server);
  admin = await signedIn(server, place, ['admin']);
  const actor = { type: 'rule', rule: 'test' } as const;
  await server.store.change({ organisation: place, actor, at, because: null, request: null }, asItWas);
  await publish(server, signing);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const faults = async () => (await found(server, place)).map((fault) => fault.replace(/#\d+$/, '#'));

test('what an earlier release told of accounts verifies as it is', async () => {
  expect(await faults()).toEqual([]);
});

test.each([
  ['person', 'password_hash', `'other'`, person, 'content-differs person.password_hash, password_salt #'],
  ['person', 'erased_in', 'null', gone, 'row-differs person.erased_in #'],
  ['member', 'person', 'null', member, 'row-differs member.person #'],
  ['factor', 'secret', `'other'`, kept, 'content-differs factor.secret, credential, salt #'],
  ['session', 'methods', `'{passkey}'`, session, 'row-differs session.methods #'],
])('what is put in its place in %s.%s is found', async (table, column, value, id, fault) => {
  const { rows } = await server.store.owner.query(`select ${column} as was from ${table} where id = $1`, [
    id,
  ]);
  await asAttacker(server.store, [`update ${table} set ${column} = ${value} where id = $1`, [id]]);
  expect(await faults()).toEqual([fault]);
  await asAttacker(server.store, [`update ${table} set ${column} = $2 where id = $1`, [id, rows[0].was]]);
});

test('a password that no log tells of is counted where its person was tied without a word, and not where they came since', async () => {
  const other = await organisation(server);
  const old = newId();
  await server.store.owner.query(
    `insert into person (id, email, password_hash, created_at) values ($1, 'old@example.org', 'old', $2)`,
    [old, at],
  );
  const ctx = { actor: { type: 'rule', rule: 'test' }, at, because: null, request: null } as const;
  const came = { id: newId(), person: old, name: 'Head of pricing', roles: ['reader'], until: null } as const;
  await server.store.change({ ...ctx, organisation: other }, (write) => addMember(write, came));
  const was = newId();
  await server.store.change({ ...ctx, organisation: place }, async (write) => {
    const salt = newSalt();
    await write.run({
      name: 'earlier-member',
      text: earlierMember,
      values: [place, was, old, at, salt],
    });
    const standing = { member: was, roles: ['reader'], person: old, until: null };
    told(write, { act: 'member.joined', ...standing, digest: memberName(salt, 'Head of claims') });
  });
  await publish(server, signing);
  const unbound = async (id: string) =>
    (await verifyOrganisation(server.services, id, { key: undefined, held: [] })).unbound;
  expect([await unbound(place), await unbound(other)]).toEqual([{ person: 1 }, {}]);
});

test('who was invited and changed then, and is tied to a login now, is held to the entry that ties them', async () => {
  const [waiting, comes] = [newId(), newId()];
  const salt = newSalt();
  const { owner } = server.store;
  await owner.query('insert into person (id, created_at) values ($1, $2)', [comes, at]);
  const ctx = { actor: { type: 'rule', rule: 'test' }, at, because: null, request: null } as const;
  await server.store.change({ ...ctx, organisation: place }, async (write) => {
    await write.run({
      name: 'earlier-member',
      text: earlierMember,
      values: [place, waiting, null, at, salt],
    });
    const standing = { member: waiting, roles: ['reader'], person: null, until: null };
    const digest = memberName(salt, 'Head of claims');
    for (const act of ['member.joined', 'member.changed']) told(write, { act, ...standing, digest });
  });
  await publish(server, signing);
  expect(await faults()).toEqual([]);
  await server.store.change({ ...ctx, organisation: place }, (write) => tieLogin(write, waiting, comes));
  await publish(server, signing);
  expect(await faults()).toEqual([]);
  await asAttacker(server.store, ['update member set person = null where id = $1', [waiting]]);
  expect(await faults()).toEqual(['row-differs member.person #']);
  await asAttacker(server.store, ['update member set person = $1 where id = $2', [comes, waiting]]);
});

test('a member of then is changed, and erased, by today’s entries', async () => {
  const changed = await admin.send('PATCH', `/members/${member}`, { name: 'Head of motor claims' });
  expect(changed.statusCode).toBe(200);
  await publish(server, signing);
  expect(await faults()).toEqual([]);
  await admin.send('PATCH', `/members/${member}`, { active: false });
  const erased = await admin.send('POST', `/members/${member}/erase`, { reason: 'person-asked' });
  expect([erased.statusCode, erased.json().name]).toEqual([200, erasedName]);
  await publish(server, signing);
  expect(await faults()).toEqual([]);
});
