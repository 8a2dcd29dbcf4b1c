import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  organisation,
  password,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { newId } from '../../store/ids.ts';
import { addMember } from '../../store/members.ts';

let server: TestServer;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
let admin: Agent;
let elsewhere: string;
let phone: ReturnType<typeof authenticator>;
beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  admin = await firstAdministrator(server);
  elsewhere = await organisation(server);
  phone = authenticator(server, admin);
  await phone.add();
  const account = (await admin.send('GET', '/account')).json();
  const [passing] = account.factors;
  await phone.add();
  await admin.send('DELETE', `/account/factors/${passing.id}`);
  await publish(server, signing);
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

/** What the verification finds once a statement was carried out behind the application; then it is taken back. */
async function after(statement: string, back: string): Promise<string[]> {
  await asAttacker(server.store, [statement, []]);
  try {
    return (await found(server, admin.organisation)).map((fault) => fault.replace(/#\d+$/, '#'));
  } finally {
    await asAttacker(server.store, [back, []]);
  }
}
beforeEach(async () => {
  await asAttacker(
    server.store,
    ['create table if not exists kept_person as select * from person', []],
    ['create table if not exists kept_factor as select * from factor', []],
  );
});
const backPerson =
  'update person p set (password_hash, password_salt, password_in, password_at) = (select k.password_hash, k.password_salt, k.password_in, k.password_at from kept_person k where k.id = p.id)';
const backFactor = 'delete from factor; insert into factor select * from kept_factor';

test('passwords and factors that were set through the doors verify, ended ones too', async () => {
  expect(await found(server, admin.organisation)).toEqual([]);
  expect(await found(server, elsewhere)).toEqual([]);
});

test('a password put in the place of another is found', async () => {
  expect(await after(`update person set password_hash = 'other'`, backPerson)).toEqual([
    'content-differs person.password_hash, password_salt #',
  ]);
  expect(await after('update person set password_salt = null', backPerson)).toEqual([
    'content-gone person.password_hash, password_salt #',
  ]);
  expect(await after('update person set password_at = now()', backPerson)).toEqual([
    'row-differs person.password_at #',
  ]);
});

test('a password that is said to be of nobody’s log, or of another’s, is found there or here', async () => {
  for (const place of ['null', 'gen_random_uuid()'])
    expect(await after(`update person set password_in = ${place}`, backPerson)).toEqual([
      'row-differs person.password_in #',
    ]);
  await asAttacker(server.store, ['update person set password_in = $1', [elsewhere]]);
  expect(await found(server, elsewhere)).toEqual(['row-unlogged person']);
  await asAttacker(server.store, [backPerson, []]);
});

test('a password that is gone is missed', async () => {
  expect(await after('update person set password_hash = null', backPerson)).toEqual([
    'row-differs person.password_at #',
    'content-gone person.password_hash, password_salt #',
  ]);
});

test('a factor of somebody else’s making, changed, taken over or taken away is found', async () => {
  const differs = ['content-differs person.factors_salt, factor #'];
  const copied = `insert into factor select gen_random_uuid(), person, kind, name, secret, null, transports, counter, salt,
    told_in, added_in, added_at, used_at, ended_in, ended_at from kept_factor where kind = 'totp' and ended_at is null`;
  expect(await after(copied, backFactor)).toEqual(differs);
  const recovery = `where kind = 'recovery'`;
  for (const statement of [
    `update factor set secret = '\\x00' ${recovery}`,
    `delete from factor ${recovery}`,
    `update factor set secret = null ${recovery}`,
    `update factor set kind = 'totp' ${recovery}`,
  ])
    expect([statement, await after(statement, backFactor)]).toEqual([statement, differs]);
});

test('a factor that ended and stands again, or that ended without a word, is found', async () => {
  const differs = ['content-differs person.factors_salt, factor #'];
  const again = `update factor set ended_in = null, ended_at = null, secret = '\\x01' where ended_at is not null`;
  expect(await after(again, backFactor)).toEqual(differs);
  const silently = `update factor set ended_in = added_in, ended_at = now() where kind = 'recovery'`;
  expect(await after(silently, backFactor)).toEqual(differs);
});

test('factors that are said to be of nobody’s log, of another’s, or of none that is there, are found', async () => {
  const back = `update person p set (factors_in, factors_salt) = (select k.factors_in, k.factors_salt from kept_person k where k.id = p.id)`;
  const differs = ['row-differs person.factors_in #', ...Array(3).fill('row-unlogged factor')];
  expect(await after('update person set factors_in = null', back)).toEqual(differs);
  expect(await after('update person set factors_in = gen_random_uuid()', back)).toEqual(differs);
  expect(await after('update person set factors_salt = null', back)).toEqual([
    'content-gone person.factors_salt, factor #',
  ]);
  await asAttacker(server.store, ['update person set factors_in = $1', [elsewhere]]);
  expect(await found(server, elsewhere)).toEqual(['row-unlogged person']);
  await asAttacker(server.store, [back, []]);
});

test('a session that is said to have been proved later, or by more than it was, is found', async () => {
  await asAttacker(server.store, ['create table kept_session as select * from session', []]);
  const back =
    'update session s set (proved_at, methods) = (select k.proved_at, k.methods from kept_session k where k.id = s.id)';
  expect(await after('update session set proved_at = now()', back)).toEqual([
    'content-differs session.proved_at, own_proof, proof_salt #',
  ]);
  expect(await after(`update session set methods = '{passkey}'`, back)).toEqual([
    'content-differs session.person, methods, began_at, salt #',
  ]);
});

test('what a person changes in another organisation stands in that one’s log, and both verify', async () => {
  const { rows } = await server.store.owner.query<{ id: string }>('select id from person');
  const member = newId();
  const ctx = {
    ...{ organisation: elsewhere, at: server.services.clock(), because: null, request: null },
    actor: { type: 'rule', rule: 'test' },
  } as const;
  await server.store.change(ctx, (write) =>
    addMember(write, {
      id: member,
      person: rows[0]?.id ?? '',
      name: 'Head of compliance',
      roles: ['admin'],
      until: null,
    }),
  );
  const there = await phone.signIn({ password, organisation: elsewhere, recovery: true });
  const next = 'a long walk along the quay';
  expect((await there.send('PUT', '/account/password', { current: password, next })).statusCode).toBe(204);
  for (const { id } of (await there.send('GET', '/account')).json().factors)
    expect((await there.send('DELETE', `/account/factors/${id}`)).statusCode).toBe(204);
  await publish(server, signing);
  expect(await found(server, elsewhere)).toEqual([]);
  expect(await found(server, admin.organisation)).toEqual([]);
});
