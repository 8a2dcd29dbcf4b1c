import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { aUser, type Provider, patchOf, provider } from '../../../test/scim.ts';

let server: TestServer;
let admin: Agent;
let idp: Provider;
beforeAll(async () => {
  ({ server, admin } = await staffedServer());
  idp = await provider(server, admin.organisation);
}, 60_000);
afterAll(() => closeUnfailed(server));

const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

test('a DELETE says all by its address: a media type without a body is no body', async () => {
  for (const type of [
    'application/scim+json',
    'application/json',
    'text/plain',
    'application/json; charset=utf-8',
  ]) {
    const { id } = (await idp.send('POST', '/Users', aUser())).json();
    const gone = await idp.send('DELETE', `/Users/${id}`, undefined, { 'content-type': type });
    expect([type, gone.statusCode, gone.body]).toEqual([type, 204, '']);
    expect((await idp.send('GET', `/Users/${id}`)).statusCode).toBe(404);
  }
  const { id: group } = (
    await idp.send('POST', '/Groups', { schemas: [groupUrn], displayName: 'Typed' })
  ).json();
  const typed = { 'content-type': 'application/scim+json' };
  expect((await idp.send('DELETE', `/Groups/${group}`, undefined, typed)).statusCode).toBe(204);
  // Whoever may not ask is told so first; a body that is sent is read as ever.
  const stranger = await idp.send('DELETE', `/Users/${group}`, undefined, {
    ...typed,
    authorization: 'Bearer no',
  });
  expect(stranger.statusCode).toBe(401);
  expect((await idp.send('DELETE', `/Users/${group}`, '{')).statusCode).toBe(400);
  expect((await idp.send('POST', '/Users', undefined, typed)).statusCode).toBe(400);
});

const deactivate = patchOf({ op: 'replace', path: 'active', value: false });
const refusals = async (organisation: string) => {
  const { rows } = await server.store.owner.query<{ of: string; by: string }>(
    `select convert_from(body, 'UTF8')::jsonb ->> 'provisioning' as of, actor_id as by from entry
      where organisation = $1 and act = 'provisioning.refused' order by id`,
    [organisation],
  );
  return rows;
};

test('an administrator who was made here is ended here, and the log says that a program asked for it', async () => {
  const own = await organisation(server, 'Made here');
  await signedIn(server, own, ['admin']);
  const theirs = await provider(server, own);
  const person = await signedIn(server, own, ['admin', 'reader']);
  const asked = [
    await theirs.send('PATCH', `/Users/${person.id}`, deactivate),
    await theirs.send('PUT', `/Users/${person.id}`, aUser({ active: false })),
    await theirs.send('DELETE', `/Users/${person.id}`),
  ];
  for (const answer of asked)
    expect([answer.statusCode, answer.json().detail]).toEqual([
      409,
      'This administrator was made here, so an administrator ends their access here, under People. Whoever administers by groups of an identity provider alone is ended by it.',
    ]);
  expect((await person.send('GET', '/session')).statusCode).toBe(200);
  expect(await refusals(own)).toEqual(Array(3).fill({ of: person.id, by: theirs.id }));
  // What it says else of them is taken.
  const renamed = patchOf({ op: 'replace', path: 'displayName', value: 'Renamed' });
  expect((await theirs.send('PATCH', `/Users/${person.id}`, renamed)).statusCode).toBe(200);
  // Their last day is over: nobody administers here any more by it.
  await server.store.owner.query(`update member set left_on = '2020-01-01' where id = $1`, [person.id]);
  expect((await theirs.send('DELETE', `/Users/${person.id}`)).statusCode).toBe(204);
  expect(await refusals(own)).toHaveLength(3);
});

test('so is one by a group made here; one by a group of the provider goes with the provider', async () => {
  const own = await organisation(server, 'By groups');
  await signedIn(server, own, ['admin']);
  const theirs = await provider(server, own);
  const inGroup = async (group: string, member: string) =>
    server.store.owner.query(
      `insert into group_member (organisation, member_group, member) values ($1, $2, $3)`,
      [own, group, member],
    );
  const made = (name: string) => theirs.send('POST', '/Groups', { schemas: [groupUrn], displayName: name });
  const [byHand, outside] = [(await made('Here')).json().id, (await made('There')).json().id];
  await server.store.owner.query(`update member_group set roles = '{admin}' where id = any($1::uuid[])`, [
    [byHand, outside],
  ]);
  // A group whose name the provider took over later was made here all the same.
  await server.store.owner.query(
    `update member_group set created_at = created_at - interval '1 day' where id = $1`,
    [byHand],
  );
  const [here, there] = [await signedIn(server, own, ['reader']), await signedIn(server, own, ['reader'])];
  await inGroup(byHand, here.id);
  await inGroup(outside, there.id);
  expect((await theirs.send('DELETE', `/Users/${here.id}`)).statusCode).toBe(409);
  expect((await theirs.send('PATCH', `/Users/${there.id}`, deactivate)).statusCode).toBe(200);
  expect((await refusals(own)).map(({ of }) => of)).toEqual([here.id]);
});
