import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { asAttacker } from '../../../test/log-tampering.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';

/** Groups and deputies give rights that no row of a member shows: each row is held against its entries, both ways. */
let server: TestServer;
let signing: TestSigning;
let admin: Agent;
let reader: Agent;
beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  admin = await firstAdministrator(server);
  reader = await signedIn(server, admin.organisation, ['reader']);
  const make = async (name: string) =>
    (await admin.send('POST', '/groups', { name, roles: ['contributor'], members: [reader.id] })).json().id;
  await admin.send('DELETE', `/groups/${await make('Ended')}`);
  await admin.send('PATCH', `/groups/${await make('Renamed')}`, {
    name: 'Model risk',
    roles: ['risk-owner'],
  });
  const absence = { absent: admin.id, member: reader.id, why: 'Leave' };
  const name = async (day: string) =>
    (await admin.send('POST', '/deputies', { ...absence, first: day, last: day })).json().id;
  await admin.send('DELETE', `/deputies/${await name('2998-01-01')}`);
  await name('2998-01-02');
  await publish(server, signing);
  await asAttacker(
    server.store,
    ['create table kept_member_group as select * from member_group', []],
    ['create table kept_group_member as select * from group_member', []],
    ['create table kept_deputy as select * from deputy', []],
  );
});
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

type Table = 'member_group' | 'group_member' | 'deputy';
/** What is found once a statement was carried out behind the application; then it is taken back. */
async function after(table: Table, statement: string): Promise<string[]> {
  await asAttacker(server.store, [statement, []]);
  try {
    return (await found(server, admin.organisation)).map((fault) => fault.replace(/#\d+$/, '#')).sort();
  } finally {
    await asAttacker(
      server.store,
      [`delete from ${table}`, []],
      [`insert into ${table} select * from kept_${table}`, []],
    );
  }
}

test('what was written through the doors verifies, ended groups and deputies too', async () => {
  expect(await found(server, admin.organisation)).toEqual([]);
  const { rows } = await server.store.owner.query(
    'select (select count(*)::int from member_group) as groups, (select count(*)::int from deputy) as deputies',
  );
  expect(rows).toEqual([{ groups: 2, deputies: 2 }]);
});

const standing = 'where removed_at is null';
const changes: readonly (readonly [string, Table, string, readonly string[]])[] = [
  [
    'the roles of a group',
    'member_group',
    `update member_group set roles = '{admin}' ${standing}`,
    ['row-differs member_group.roles #'],
  ],
  [
    'its name',
    'member_group',
    `update member_group set name = 'Other' ${standing}`,
    ['content-differs member_group.name, salt #'],
  ],
  [
    'the salt of its name',
    'member_group',
    `update member_group set salt = sha256(salt) ${standing}`,
    ['content-differs member_group.name, salt #'],
  ],
  [
    'a group that stands, ended',
    'member_group',
    `update member_group set removed_at = now() ${standing}`,
    ['row-differs member_group.removed_at #'],
  ],
  [
    'a group that ended, standing',
    'member_group',
    'update member_group set removed_at = null where removed_at is not null',
    ['row-differs member_group.removed_at #'],
  ],
  [
    'when a group began',
    'member_group',
    `update member_group set created_at = now() ${standing}`,
    ['row-differs member_group.created_at #'],
  ],
  [
    'a group that was removed',
    'member_group',
    `delete from member_group ${standing}`,
    ['row-gone member_group #'],
  ],
  [
    'a group that nobody made',
    'member_group',
    `insert into member_group select organisation, gen_random_uuid(), 'Emperors', '{admin}', salt, created_at, null from member_group ${standing}`,
    ['row-unlogged member_group'],
  ],
  ['a member who was taken out', 'group_member', 'delete from group_member', ['row-gone group_member #']],
  [
    'a member who was put in',
    'group_member',
    `insert into group_member select g.organisation, g.id, m.id from member_group g join member m on m.organisation = g.organisation
      where g.removed_at is null and not exists (select from group_member b where b.member = m.id)`,
    ['row-unlogged group_member'],
  ],
  [
    'a membership of an ended group, brought back',
    'group_member',
    'insert into group_member select g.organisation, g.id, b.member from member_group g, group_member b where g.removed_at is not null',
    ['row-unlogged group_member'],
  ],
  [
    'whom a deputy stands in for',
    'deputy',
    'update deputy set absent = member where ended_at is null',
    ['row-differs deputy.absent #'],
  ],
  [
    'who the deputy is',
    'deputy',
    'update deputy set member = absent where ended_at is null',
    ['row-differs deputy.member #'],
  ],
  [
    'the first day',
    'deputy',
    `update deputy set first_day = '2026-01-01' where ended_at is null`,
    ['row-differs deputy.first_day #'],
  ],
  [
    'the last day',
    'deputy',
    `update deputy set last_day = '2999-01-01' where ended_at is null`,
    ['row-differs deputy.last_day #'],
  ],
  [
    'why somebody is away',
    'deputy',
    `update deputy set why = 'Other' where ended_at is null`,
    ['content-differs deputy.why, salt #'],
  ],
  [
    'why, taken away',
    'deputy',
    'update deputy set why = null where ended_at is null',
    ['content-gone deputy.why, salt #'],
  ],
  [
    'a deputy who was ended, brought back',
    'deputy',
    'update deputy set ended_at = null',
    ['row-differs deputy.ended_at #'],
  ],
  ['a deputy who was removed', 'deputy', 'delete from deputy where ended_at is null', ['row-gone deputy #']],
  [
    'a deputy whom nobody named',
    'deputy',
    `insert into deputy select organisation, gen_random_uuid(), absent, member, first_day, last_day, created_at, null, why, salt
      from deputy where ended_at is null`,
    ['row-unlogged deputy'],
  ],
];

test.each(changes)('%s is named', async (_, table, statement, expected) => {
  expect(await after(table, statement)).toEqual(
    expected.map((one) => (one.startsWith('row-unlogged') ? expect.stringContaining(one) : one)),
  );
});

test('a name that is erased takes with it why its bearer was away, and everything verifies', async () => {
  await admin.send('PATCH', `/members/${reader.id}`, { active: false });
  await admin.send('POST', `/members/${reader.id}/erase`, { reason: 'person-asked' });
  await publish(server, signing);
  expect(await found(server, admin.organisation)).toEqual([]);
  const { rows } = await server.store.owner.query('select why, salt from deputy');
  expect(rows).toEqual([
    { why: null, salt: null },
    { why: null, salt: null },
  ]);
});
