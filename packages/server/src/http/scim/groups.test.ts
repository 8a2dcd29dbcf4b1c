import type { LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type Agent,
  agreed,
  aloneReason,
  closeUnfailed,
  organisation,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { aUser, type Provider, patchOf, provider } from '../../../test/scim.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';

let server: TestServer;
let admin: Agent;
let idp: Provider;
let signing: TestSigning;
let [kim, jo, ash]: string[] = [];

beforeAll(async () => {
  ({ server, admin } = await staffedServer());
  signing = await keyedSigning(server.store);
  idp = await provider(server, admin.organisation);
  [kim, jo, ash] = await Promise.all([0, 1, 2].map(user));
}, 60_000);
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

async function user(): Promise<string> {
  return (await idp.send('POST', '/Users', aUser())).json().id;
}
let made = 0;
const aGroup = (more: Readonly<Record<string, unknown>> = {}) => {
  made += 1;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: `Claims ${made}`,
    externalId: `group-${made}`,
    ...more,
  };
};
async function create(more: Readonly<Record<string, unknown>> = {}) {
  const answer = await idp.send('POST', '/Groups', aGroup(more));
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}
const people = (...ids: (string | undefined)[]) => ids.map((value) => ({ value }));
const told = (answer: LightMyRequestResponse) => [answer.statusCode, answer.json().scimType];
const membersOf = async (id: string): Promise<string[]> =>
  ((await idp.send('GET', `/Groups/${id}`)).json().members ?? [])
    .map((one: { value: string }) => one.value)
    .toSorted();
const roles = async (who: Agent): Promise<string[]> => (await who.send('GET', '/session')).json().roles;

describe('a group', () => {
  test('is made without a role, with its members, and stands among the groups of the organisation', async () => {
    const body = aGroup({ members: people(kim, jo) });
    const answer = await idp.send('POST', '/Groups', body);
    const group = answer.json();
    expect(answer.statusCode).toBe(201);
    expect(group).toEqual({
      ...body,
      id: group.id,
      members: expect.arrayContaining([
        { value: kim, display: expect.any(String), $ref: `http://127.0.0.1:4270/scim/v2/Users/${kim}` },
      ]),
      meta: {
        resourceType: 'Group',
        created: expect.any(String),
        lastModified: expect.any(String),
        location: answer.headers.location,
        version: answer.headers.etag,
      },
    });
    const here = (await admin.send('GET', `/groups/${group.id}`)).json();
    expect(here).toMatchObject({ name: body.displayName, roles: [] });
    const one = (await idp.send('GET', `/Users/${kim}`)).json();
    expect(one.groups).toContainEqual({
      value: group.id,
      display: body.displayName,
      $ref: `http://127.0.0.1:4270/scim/v2/Groups/${group.id}`,
    });
  });

  test('gives its members the roles that an administrator gave it, and takes them away again', async () => {
    const person = await signedIn(server, admin.organisation, ['reader']);
    const group = await create({ roles: [{ value: 'admin' }], members: [] });
    await admin.send('PATCH', `/groups/${group.id}`, { roles: ['risk-owner'], reason: aloneReason });
    const add = patchOf({ op: 'Add', path: 'members', value: people(person.id) });
    expect((await idp.send('PATCH', `/Groups/${group.id}`, add)).statusCode).toBe(200);
    expect(await roles(person)).toEqual(['risk-owner', 'reader']);
    await idp.send(
      'PATCH',
      `/Groups/${group.id}`,
      patchOf({ op: 'remove', path: `members[value eq "${person.id}"]` }),
    );
    expect(await roles(person)).toEqual(['reader']);
    // Whatever is said of it, its roles are an administrator's.
    await idp.send('PUT', `/Groups/${group.id}`, aGroup({ roles: ['admin'] }));
    expect((await admin.send('GET', `/groups/${group.id}`)).json().roles).toEqual(['risk-owner']);
  });

  test('ends with all that it gave, and its name is free again', async () => {
    const person = await signedIn(server, admin.organisation, ['reader']);
    const group = await create({ members: people(person.id) });
    await admin.send('PATCH', `/groups/${group.id}`, { roles: ['contributor'], reason: aloneReason });
    expect(await roles(person)).toContain('contributor');
    expect((await idp.send('DELETE', `/Groups/${group.id}`)).statusCode).toBe(204);
    expect(await roles(person)).toEqual(['reader']);
    for (const method of ['GET', 'DELETE'] as const)
      expect((await idp.send(method, `/Groups/${group.id}`)).statusCode).toBe(404);
    expect((await create({ displayName: group.displayName })).id).not.toBe(group.id);
  });

  test('is left by who is taken away, so that nobody comes back into its roles', async () => {
    const gone = await user();
    const group = await create({ members: people(gone, jo) });
    await idp.send('DELETE', `/Users/${gone}`);
    expect(await membersOf(group.id)).toEqual([jo]);
  });

  test('is left once by who is taken away while it changes or ends: each membership ends with one entry', async () => {
    const last = (await admin.send('GET', '/log?act=membership.ended')).json().items[0]?.id;
    for (let n = 0; n < 5; n += 1) {
      const gone = await user();
      const [changed, ended] = [
        await create({ members: people(gone) }),
        await create({ members: people(gone) }),
      ];
      const leave = patchOf({ op: 'remove', path: `members[value eq "${gone}"]` });
      const answers = await Promise.all([
        idp.send('DELETE', `/Users/${gone}`),
        idp.send('PATCH', `/Groups/${changed.id}`, leave),
        idp.send('DELETE', `/Groups/${ended.id}`),
      ]);
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 200, 204]);
    }
    const { items } = (await admin.send('GET', '/log?act=membership.ended')).json();
    const since = items.findIndex(({ id }: { id: string }) => id === last);
    expect(since < 0 ? items : items.slice(0, since)).toHaveLength(10);
  });

  test('that was made by hand is found by its name and taken over', async () => {
    const body = { name: 'Motor board', roles: ['top-management'] };
    const { id } = (await admin.send('POST', '/groups', body)).json();
    const filter = encodeURIComponent('displayName eq "motor BOARD"');
    const [listed] = (await idp.send('GET', `/Groups?excludedAttributes=members&filter=${filter}`)).json()
      .Resources;
    expect([listed.id, listed.meta.lastModified]).toEqual([id, undefined]);
    const change = patchOf({ op: 'replace', value: { id, displayName: 'Board', externalId: 'g-1' } });
    const answer = await idp.send('PATCH', `/Groups/${id}`, change);
    expect(answer.json()).toMatchObject({ id, displayName: 'Board', externalId: 'g-1' });
    expect((await admin.send('GET', `/groups/${id}`)).json()).toMatchObject({
      name: 'Board',
      roles: ['top-management'],
    });
    const renamed = await admin.send('PATCH', `/groups/${id}`, { name: 'Another' });
    expect([renamed.statusCode, renamed.json().errors[0].at]).toEqual([409, 'name']);
  });
});

describe('a group that makes administrators', () => {
  const byHand = async (roles: readonly string[], members: readonly string[] = []) =>
    (
      await given(
        admin.send('POST', '/groups', {
          name: `By hand ${roles} ${members}`,
          roles,
          members,
          reason: aloneReason,
        }),
      )
    ).json().id;
  const given = (answer: Promise<LightMyRequestResponse>) => agreed(server, admin.organisation, answer);

  test('and was made here is changed here alone, even where its name was taken over before', async () => {
    const person = await signedIn(server, admin.organisation, ['reader']);
    const member = await signedIn(server, admin.organisation, ['reader']);
    const taken = await byHand([], [member.id]);
    expect(
      (await idp.send('PUT', `/Groups/${taken}`, aGroup({ members: people(member.id) }))).statusCode,
    ).toBe(200);
    await given(admin.send('PATCH', `/groups/${taken}`, { roles: ['admin', 'reader'], reason: aloneReason }));
    for (const id of [taken, await byHand(['admin'], [member.id])]) {
      const refused = [
        await idp.send(
          'PATCH',
          `/Groups/${id}`,
          patchOf({ op: 'add', path: 'members', value: people(person.id) }),
        ),
        await idp.send('PATCH', `/Groups/${id}`, patchOf({ op: 'remove', path: 'members' })),
        await idp.send('PUT', `/Groups/${id}`, aGroup({ members: people(person.id) })),
        await idp.send('DELETE', `/Groups/${id}`),
      ];
      expect(refused.map(told)).toEqual(refused.map(() => [409, undefined]));
      expect(refused[0]?.json().detail).toBe(
        'This group was made here and makes administrators, or gives what the table of authority names. An administrator changes it, under Groups.',
      );
      expect(await membersOf(id)).toEqual([member.id]);
    }
    expect(await roles(person)).toEqual(['reader']);
    expect(await roles(member)).toContain('admin');
  });

  test('and came from outside was given that role knowingly: its members are said there', async () => {
    const person = await signedIn(server, admin.organisation, ['reader']);
    const group = await create();
    await given(admin.send('PATCH', `/groups/${group.id}`, { roles: ['admin'], reason: aloneReason }));
    const send = (op: string) =>
      idp.send('PATCH', `/Groups/${group.id}`, patchOf({ op, path: 'members', value: people(person.id) }));
    expect((await send('add')).statusCode).toBe(200);
    expect(await roles(person)).toContain('admin');
    expect((await send('remove')).statusCode).toBe(200);
    expect(await roles(person)).toEqual(['reader']);
  });
});

test('gets no role by one hand that whoever gives it lacks or the table names, nor is joined so by who made the token', async () => {
  const office = await organisation(server, 'Office of two');
  const one = await signedIn(server, office, ['admin', 'risk-owner'], { name: 'Head of operations' });
  const other = await signedIn(server, office, ['admin'], { name: 'Head of compliance' });
  const body = { name: 'Provisioning', roles: [], scope: { acts: 'provisioning' } };
  const { secret } = (await one.send('POST', '/tokens', body)).json();
  const headers = { authorization: `Bearer ${secret}` };
  const outside = (method: 'POST' | 'PATCH', path: string, said: unknown) =>
    idp.send(method, path, said, headers);
  const give = (id: string, given: readonly string[]) => one.send('PATCH', `/groups/${id}`, { roles: given });
  const confirm = async (id: string) =>
    expect((await other.send('POST', `/proposals/${id}/confirm`)).statusCode).toBe(200);
  const join = patchOf({ op: 'add', path: 'members', value: people(one.id) });

  const { id } = (await outside('POST', '/Groups', aGroup())).json();
  expect((await give(id, ['risk-owner', 'reader'])).statusCode).toBe(200);
  const waits = await give(id, ['risk-owner', 'reader', 'top-management']);
  expect([waits.statusCode, await roles(one)]).toEqual([202, ['admin', 'risk-owner']]);
  await confirm(waits.json().waits);
  const line = { level: 'severe', dimension: 'residual_risk', holder: { role: 'risk-owner' } };
  await confirm((await one.send('PUT', '/authority', { grants: [line] })).json().waits);
  const second = (await outside('POST', '/Groups', aGroup())).json().id;
  expect((await give(second, ['risk-owner'])).statusCode).toBe(202);
  // One that was made here says itself who is in it, where that gives something away.
  const byHand = async (given: readonly string[]) =>
    (await one.send('POST', '/groups', { name: `Here ${given}`, roles: given })).json().id;
  for (const here of [await byHand(['aims-manager']), await byHand(['risk-owner'])])
    expect((await outside('PATCH', `/Groups/${here}`, join)).statusCode).toBe(409);
  expect((await outside('PATCH', `/Groups/${id}`, join)).statusCode).toBe(200);
});

describe('members', () => {
  test('come and go as Entra ID and Okta send it', async () => {
    const { id } = await create({ members: people(kim) });
    const patch = (operation: unknown) => idp.send('PATCH', `/Groups/${id}`, patchOf(operation));
    await patch({ op: 'Add', path: 'members', value: [{ $ref: null, value: jo }] });
    expect(await membersOf(id)).toEqual([kim, jo].toSorted());
    await patch({ op: 'Remove', path: 'members', value: people(kim) });
    expect(await membersOf(id)).toEqual([jo]);
    await patch({ op: 'replace', path: 'members', value: people(ash, kim) });
    expect(await membersOf(id)).toEqual([ash, kim].toSorted());
    await patch({ op: 'remove', path: `members[value eq "${ash}"]` });
    expect(await membersOf(id)).toEqual([kim]);
    await patch({ op: 'remove', path: 'members' });
    expect(await membersOf(id)).toEqual([]);
  });

  test('added by many requests at once are all there', async () => {
    const { id } = await create();
    const many = await Promise.all(Array.from({ length: 8 }, user));
    const add = (one: string) => patchOf({ op: 'add', path: 'members', value: people(one) });
    const answers = await Promise.all(many.map((one) => idp.send('PATCH', `/Groups/${id}`, add(one))));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(many.map(() => 200));
    expect(await membersOf(id)).toEqual(many.toSorted());
  });

  test('come and go in as many statements as one does, however many a provider names at once', async () => {
    const { id } = await create();
    const many = await Promise.all(Array.from({ length: 12 }, user));
    const asked = vi.spyOn(pg.Client.prototype, 'query');
    const cost = async (operation: unknown): Promise<number> => {
      asked.mockClear();
      expect((await idp.send('PATCH', `/Groups/${id}`, patchOf(operation))).statusCode).toBe(200);
      return asked.mock.calls.length;
    };
    const [first, ...rest] = many;
    const join = (...who: (string | undefined)[]) => ({ op: 'add', path: 'members', value: people(...who) });
    const one = [await cost(join(first)), await cost({ op: 'remove', path: 'members' })];
    expect(await cost(join(first, ...rest))).toBe(one[0]);
    expect(await membersOf(id)).toEqual(many.toSorted());
    expect(await cost({ op: 'remove', path: 'members' })).toBe(one[1]);
    expect(await membersOf(id)).toEqual([]);
    asked.mockRestore();
  });

  test('who are nobody here, or no person, are refused, and nobody else comes either', async () => {
    const { id } = await create();
    const elsewhere = await signedIn(server, await organisation(server), ['reader']);
    const account = await admin.send('POST', '/service-accounts', {
      name: 'Sync',
      owner: admin.id,
      roles: ['reader'],
    });
    for (const stranger of [elsewhere.id, account.json().id, 'none', '', 7, null]) {
      const change = patchOf({ op: 'add', path: 'members', value: [{ value: jo }, { value: stranger }] });
      expect(told(await idp.send('PATCH', `/Groups/${id}`, change))).toEqual([400, 'invalidValue']);
    }
    expect(await membersOf(id)).toEqual([]);
  });
});

describe('what is refused', () => {
  test('a name that a group has, made or changed to', async () => {
    const [one, two] = [await create(), await create()];
    const same = { displayName: one.displayName.toUpperCase() };
    expect(told(await idp.send('POST', '/Groups', aGroup(same)))).toEqual([409, 'uniqueness']);
    const rename = patchOf({ op: 'replace', path: 'displayName', value: one.displayName });
    expect(told(await idp.send('PATCH', `/Groups/${two.id}`, rename))).toEqual([409, 'uniqueness']);
  });

  test.each([
    ['no name', { displayName: undefined }],
    ['NUL in the name', { displayName: 'a\u0000' }],
    ['a name that is no text', { displayName: ['x'] }],
    ['members that are none', { members: ['x'] }],
    ['members without a value', { members: [{ display: 'x' }] }],
  ])('%s', async (_what, more) => {
    expect(told(await idp.send('POST', '/Groups', aGroup(more)))).toEqual([400, 'invalidValue']);
  });

  test('another version than the one that was seen', async () => {
    const { id, meta } = await create({ members: people(kim) });
    const seen = { 'if-match': meta.version };
    const add = patchOf({ op: 'add', path: 'members', value: people(jo) });
    expect((await idp.send('PATCH', `/Groups/${id}`, add, seen)).statusCode).toBe(200);
    for (const method of ['PATCH', 'DELETE'] as const)
      expect(
        (await idp.send(method, `/Groups/${id}`, method === 'PATCH' ? add : undefined, seen)).statusCode,
      ).toBe(412);
  });
});

test('lists are searched by name, by member and by id, and leave members out where that is asked', async () => {
  const group = await create({ members: people(kim, ash) });
  const search = async (filter: string, more = '') =>
    (await idp.send('GET', `/Groups?filter=${encodeURIComponent(filter)}${more}`)).json();
  for (const filter of [
    `displayName eq "${group.displayName}"`,
    `externalId eq "${group.externalId}"`,
    `id eq "${group.id}" and members eq "${kim}"`,
    `displayName sw "claims" and members[value eq "${ash}"] and id eq "${group.id}"`,
  ])
    expect([filter, (await search(filter)).Resources.map((one: { id: string }) => one.id)]).toEqual([
      filter,
      [group.id],
    ]);
  expect((await search(`id eq "${group.id}" and members.value eq "${jo}"`)).totalResults).toBe(0);
  expect((await search('members eq "none"')).totalResults).toBe(0);
  const [without] = (await search(`id eq "${group.id}"`, '&excludedAttributes=members')).Resources;
  expect(without.members).toBeUndefined();
});

test('everything of it stands in the log, and verifies both ways', async () => {
  const own = await organisation(server, 'Verified groups');
  const theirs = await provider(server, own);
  const { id: member } = (await theirs.send('POST', '/Users', aUser())).json();
  const group = async () =>
    (await theirs.send('POST', '/Groups', aGroup({ members: people(member) }))).json().id;
  const [stays, goes] = [await group(), await group()];
  await theirs.send(
    'PATCH',
    `/Groups/${stays}`,
    patchOf({ op: 'replace', path: 'displayName', value: 'Renamed' }),
  );
  await theirs.send('PATCH', `/Groups/${stays}`, patchOf({ op: 'remove', path: 'members' }));
  await theirs.send('DELETE', `/Groups/${goes}`);
  await publish(server, signing);
  expect(await found(server, own)).toEqual([]);
  await server.store.owner.query('update provisioned set ended_at = null where id = $1', [goes]);
  expect(await found(server, own)).toEqual([expect.stringMatching(/^row-differs provisioned\.ended_at/)]);
});
