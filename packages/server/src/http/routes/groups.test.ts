import type { Role } from '@throughline/domain/permissions.ts';
import type { GroupWire } from '@throughline/domain/wire-people.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  agreed,
  aloneReason,
  closeUnfailed,
  firstAdministrator,
  ifMatch,
  organisation,
  record,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { wholePolicy } from '../../../test/whole.ts';

let server: TestServer;
let admin: Agent;
let reader: Agent;
beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  reader = await person('reader');
});
afterAll(() => closeUnfailed(server));

const person = (...roles: Role[]) => signedIn(server, admin.organisation, roles);
let names = 0;
async function group(roles: readonly Role[], ...members: Agent[]): Promise<GroupWire> {
  names += 1;
  const body = { name: `Group ${names}`, roles, members: members.map(({ id }) => id), reason: aloneReason };
  const answer = await agreed(server, admin.organisation, admin.send('POST', '/groups', body));
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}
const change = async (
  of: GroupWire,
  patch: Partial<Record<'name' | 'roles' | 'members' | 'add' | 'remove', unknown>>,
) =>
  agreed(
    server,
    admin.organisation,
    admin.send('PATCH', `/groups/${of.id}`, { ...patch, reason: aloneReason }),
  );
/** Statuses of what a reader may not: making a record, and administering people. */
const may = async (who: Agent) => [
  (await who.send('POST', '/systems', { fields: { name: 'Claims triage' }, links: {} })).statusCode,
  (await who.send('GET', '/tokens')).statusCode,
];
const entriesOf = async (id: string): Promise<string[]> => {
  const { rows } = await server.store.owner.query<{ act: string }>(
    `select act from entry where organisation = $1 and convert_from(body, 'UTF8') like '%' || $2 || '%' order by id`,
    [admin.organisation, id],
  );
  return rows.map(({ act }) => act);
};

test('its roles are had from the next request on, by whoever is in it, and end with it', async () => {
  const who = await person('reader');
  expect(await may(who)).toEqual([403, 403]);
  const made = await group(['contributor'], who);
  expect(await may(who)).toEqual([201, 403]);
  expect((await who.send('GET', '/session')).json().roles).toEqual(['contributor', 'reader']);
  await change(made, { roles: ['admin'] });
  expect(await may(who)).toEqual([403, 200]);
  await change(made, { remove: [who.id] });
  expect(await may(who)).toEqual([403, 403]);
  await change(made, { add: [who.id] });
  expect(await may(who)).toEqual([403, 200]);
  // Whoever is the only other administrator is not taken away by one hand.
  const ending = admin.send('DELETE', `/groups/${made.id}`);
  expect((await agreed(server, admin.organisation, ending)).statusCode).toBe(202);
  expect(await may(who)).toEqual([403, 403]);
  expect((await change(made, { add: [who.id] })).statusCode).toBe(404);
});

test('every step has its entry, and what changes nothing has none', async () => {
  const made = await group(['risk-owner'], reader);
  const same = { name: made.name, roles: ['risk-owner'], members: [reader.id], add: [reader.id] };
  expect((await change(made, same)).statusCode).toBe(200);
  await change(made, { name: `${made.name}, renamed` });
  await change(made, { roles: [] });
  await admin.send('DELETE', `/groups/${made.id}`);
  expect(await entriesOf(made.id)).toEqual([
    'group.created',
    'membership.begun',
    'group.changed',
    'group.changed',
    'membership.ended',
    'group.removed',
  ]);
});

test('who joins and who leaves is said, and nobody else is touched', async () => {
  const [one, two] = [await person('reader'), await person('reader')];
  const made = await group(['contributor'], one);
  const ids = async (patch: object) =>
    (await change(made, patch))
      .json()
      .members.map(({ id }: { id: string }) => id)
      .sort();
  expect(await ids({ add: [two.id] })).toEqual([one.id, two.id].sort());
  expect(await ids({ remove: [one.id, reader.id] })).toEqual([two.id]);
  expect(await ids({ members: [one.id, reader.id] })).toEqual([one.id, reader.id].sort());
  const mine = (await reader.send('GET', `/groups?member=${one.id}`)).json().items;
  expect(mine.map(({ id }: GroupWire) => id)).toEqual([made.id]);
});

test('a name stands for one group, whatever its case, until that ends', async () => {
  const made = await group([]);
  const again = { name: made.name.toUpperCase(), roles: [] };
  const refused = await admin.send('POST', '/groups', again);
  expect([refused.statusCode, refused.json().errors]).toEqual([
    409,
    [{ at: 'name', message: 'There is a group of this name.' }],
  ]);
  const other = await group([]);
  expect((await change(other, { name: made.name })).statusCode).toBe(409);
  await admin.send('DELETE', `/groups/${made.id}`);
  expect((await admin.send('POST', '/groups', again)).statusCode).toBe(201);
});

test('two requests for one name at once make one group', async () => {
  const body = { name: 'Made twice', roles: [] };
  const both = await Promise.all([1, 2].map(() => admin.send('POST', '/groups', body)));
  expect(both.map((answer) => answer.statusCode).sort()).toEqual([201, 409]);
});

test('external auditors are in no group, and no group makes one', async () => {
  const auditor = await person('external-auditor');
  const refused = await admin.send('POST', '/groups', { name: 'Auditors', roles: ['external-auditor'] });
  expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'roles']);
  const made = await group(['contributor'], reader);
  expect((await change(made, { roles: ['external-auditor'] })).statusCode).toBe(422);
  const joining = await change(made, { add: [reader.id, auditor.id] });
  expect(joining.json().errors).toEqual([
    { at: 'add.1', message: expect.stringMatching(/^External auditors are in no group/) },
  ]);
  const scope = { kinds: 'all', systems: 'all', audits: [] };
  const turned = { roles: ['external-auditor'], until: '2999-01-31', scope };
  const answer = await admin.send('PATCH', `/members/${reader.id}`, turned);
  expect([answer.statusCode, answer.json().errors[0].at]).toEqual([422, 'roles']);
});

test('only people of the organisation are in one: no service account, nobody of another, nobody erased', async () => {
  const account = await admin.send('POST', '/service-accounts', {
    name: 'Inventory sync',
    owner: admin.id,
    roles: ['reader'],
  });
  const elsewhere = await signedIn(server, await organisation(server), ['reader']);
  const gone = await person('reader');
  const made = await group(['contributor'], gone);
  await admin.send('PATCH', `/members/${gone.id}`, { active: false });
  const [left] = (await admin.send('GET', `/groups/${made.id}`)).json().members;
  expect(left).toMatchObject({ id: gone.id, active: false });
  await admin.send('POST', `/members/${gone.id}/erase`, { reason: 'person-asked' });
  expect((await admin.send('GET', `/groups/${made.id}`)).json().members).toEqual([]);
  expect(await entriesOf(gone.id)).toContain('membership.ended');
  const answer = await change(made, { members: [account.json().id, elsewhere.id, gone.id, reader.id] });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors.map(({ at }: { at: string }) => at)).toEqual([
    'members.0',
    'members.1',
    'members.2',
  ]);
  expect((await admin.send('GET', `/groups/${made.id}`)).json().members).toEqual([]);
});

test('a request that is sent again answers with the group that it made', async () => {
  const more = { headers: { 'idempotency-key': 'once' } };
  const body = { name: 'Sent again', roles: ['reader'], members: [reader.id] };
  const answers = [1, 2].map(() => admin.send('POST', '/groups', body, more));
  const [first, second] = [await answers[0], await answers[1]];
  expect([first?.statusCode, second?.json()]).toEqual([201, first?.json()]);
});

test('whoever wrote a version as one group approves it as none', async () => {
  const who = await person('reader');
  await group(['aims-manager'], who);
  await group(['top-management'], who);
  const policy = await record(who, 'documents', { name: 'AI policy', ...wholePolicy });
  const act = { act: 'approve', version: 1, digest: policy.proof.digest, reason: null };
  const refused = await who.send('POST', `/documents/${policy.ref}/approvals`, act);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    403,
    'You wrote this version, so another person approves it.',
  ]);
  const other = await person('reader');
  await group(['top-management'], other);
  expect((await other.send('POST', `/documents/${policy.ref}/approvals`, act)).statusCode).toBeLessThan(300);
});

test('what somebody did by a group stays theirs once they are out of it', async () => {
  const who = await person('reader');
  const made = await group(['aims-manager'], who);
  const policy = await record(who, 'documents', { name: 'Data policy', ...wholePolicy });
  await change(made, { remove: [who.id] });
  const edit = { fields: { name: 'Data policy, mended' } };
  expect((await who.send('PATCH', `/documents/${policy.ref}`, edit, ifMatch(1))).statusCode).toBe(403);
  await admin.send('PATCH', `/members/${who.id}`, { roles: ['aims-manager'] });
  const act = { act: 'approve', version: 1, digest: policy.proof.digest, reason: null };
  expect((await who.send('POST', `/documents/${policy.ref}/approvals`, act)).json().detail).toMatch(
    /^You wrote/,
  );
});
