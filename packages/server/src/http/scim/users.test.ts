import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  password,
  signedIn,
  staffedServer,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { aUser, type Provider, patchOf, provider } from '../../../test/scim.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { newId } from '../../store/ids.ts';
import { tieLogin } from '../../store/members.ts';
import { linkOutside } from '../../store/outside-identities.ts';
import { addPerson } from '../../store/people.ts';

let server: TestServer;
let admin: Agent;
let reader: Agent;
let nobody: Agent;
let idp: Provider;
let signing: TestSigning;

beforeAll(async () => {
  ({ server, admin, reader, nobody } = await staffedServer());
  signing = await keyedSigning(server.store);
  idp = await provider(server, admin.organisation);
}, 60_000);
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const context = () => ({
  organisation: admin.organisation,
  at: server.services.clock(),
  because: null,
  request: null,
});
const replace = (path: string, value: unknown) => ({ op: 'replace', path, value });
const told = (answer: LightMyRequestResponse) => {
  const { status, scimType } = answer.json();
  return [answer.statusCode, status, scimType];
};
async function create(more: Readonly<Record<string, unknown>> = {}) {
  const answer = await idp.send('POST', '/Users', aUser(more));
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}
const read = async (id: string) => (await idp.send('GET', `/Users/${id}`)).json();
const member = async (id: string) => (await admin.send('GET', `/members/${id}`)).json();
const found_ = async (filter: string, more = '') =>
  (await idp.send('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`)).json();

describe('a new user', () => {
  test('is a member without a role, answered whole with address and version', async () => {
    const body = aUser();
    const answer = await idp.send('POST', '/Users', body);
    const user = answer.json();
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['content-type']).toBe('application/scim+json; charset=utf-8');
    expect(answer.headers.location).toBe(`http://127.0.0.1:4270/scim/v2/Users/${user.id}`);
    expect(answer.headers.etag).toBe(user.meta.version);
    expect(user).toEqual({
      ...body,
      id: user.id,
      name: { ...body.name, formatted: `${body.name.givenName} ${body.name.familyName}` },
      meta: {
        resourceType: 'User',
        created: expect.any(String),
        lastModified: expect.any(String),
        location: answer.headers.location,
        version: expect.stringMatching(/^W\/"/),
      },
    });
    expect(await member(user.id)).toMatchObject({ name: body.displayName, roles: [], active: true });
    expect(await read(user.id)).toEqual(user);
  });

  test('says little and is taken: a user name that is an address is enough', async () => {
    const user = await create({
      displayName: undefined,
      name: undefined,
      emails: undefined,
      active: undefined,
    });
    expect(user).toMatchObject({ displayName: user.userName, active: true });
    const listed = (await admin.send('GET', '/members')).json().items;
    expect(listed.find((one: { id: string }) => one.id === user.id)).toMatchObject({
      email: user.userName,
      provisioned: true,
    });
  });

  test('gets nothing that is not kept: roles, passwords and other schemas are passed over', async () => {
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const user = await create({
      roles: [{ value: 'admin' }],
      password: 'a password that is not kept',
      title: 'Head of claims',
      id: admin.id,
      groups: [{ value: admin.id }],
      [enterprise]: { department: 'Claims' },
    });
    expect(user.id).not.toBe(admin.id);
    expect(Object.keys(user)).not.toEqual(expect.arrayContaining(['roles']));
    expect(await member(user.id)).toMatchObject({ roles: [] });
  });

  test.each([
    [
      'a user name that somebody has',
      (one: { userName: string }) => ({ userName: one.userName.toUpperCase() }),
    ],
    [
      'an address that somebody has',
      (one: { emails: unknown[] }) => ({ userName: 'other-name', emails: one.emails }),
    ],
  ])('with %s is refused as not unique', async (_what, more) => {
    const answer = await idp.send('POST', '/Users', aUser(more(await create())));
    expect(told(answer)).toEqual([409, '409', 'uniqueness']);
  });

  test('is not the administrator who was here before: their address is taken', async () => {
    const body = aUser({ userName: 'admin@example.org', emails: undefined });
    expect(told(await idp.send('POST', '/Users', body))).toEqual([409, '409', 'uniqueness']);
  });

  test.each([
    ['no user name', { userName: undefined }],
    ['an empty user name', { userName: '  ' }],
    ['no address', { userName: 'jsmith', emails: [] }],
    ['an address that is none', { emails: [{ value: 'nowhere' }] }],
    ['NUL in a name', { displayName: 'a\u0000b' }],
    ['half a character', { userName: 'a\ud800@example.org' }],
    ['a number for a name', { displayName: 7 }],
    ['access that is neither', { active: 'perhaps' }],
    ['a name that is too long', { displayName: 'x'.repeat(201) }],
    [
      'more addresses than are kept',
      { emails: Array.from({ length: 21 }, (_, n) => ({ value: `${n}@x.example` })) },
    ],
  ])('with %s is refused', async (_what, more) => {
    expect(told(await idp.send('POST', '/Users', aUser(more)))).toEqual([400, '400', 'invalidValue']);
  });
});

describe('a person who is known elsewhere', () => {
  test('is provisioned with the same answer, and neither organisation learns of the other', async () => {
    const other = await organisation(server, 'Bank of elsewhere');
    const theirs = await provider(server, other);
    const person = await signedIn(server, other, ['reader'], { email: 'known@scim.example' });
    const [known, unknown] = [aUser({ userName: 'known@scim.example', emails: undefined }), aUser()];
    const answers = [await idp.send('POST', '/Users', known), await idp.send('POST', '/Users', unknown)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    const keys = answers.map((answer) => Object.keys(answer.json()).filter((key) => key !== 'emails'));
    expect(keys[0]).toEqual(keys[1]);
    const id = answers[0]?.json().id;
    expect(id).not.toBe(person.id);
    // What is there for one is not there for the other, by whatever way it is asked for.
    for (const method of ['GET', 'DELETE'] as const) {
      const [there, missing] = [
        await theirs.send(method, `/Users/${id}`),
        await theirs.send(method, '/Users/01890000-0000-7000-8000-0000000000ff'),
      ];
      expect([there.statusCode, there.json()]).toEqual([404, missing.json()]);
    }
    const patch = patchOf(replace('active', false));
    expect((await theirs.send('PATCH', `/Users/${id}`, patch)).statusCode).toBe(404);
    const list = (await theirs.send('GET', '/Users')).json();
    expect(list.Resources.map((one: { id: string }) => one.id)).toEqual([person.id]);
    // What one organisation says of them changes nothing in the other.
    await idp.send('PATCH', `/Users/${id}`, patchOf(replace('displayName', 'Renamed here')));
    await idp.send('DELETE', `/Users/${id}`);
    expect((await person.send('GET', '/session')).statusCode).toBe(200);
    expect((await theirs.send('GET', `/Users/${person.id}`)).json().displayName).not.toBe('Renamed here');
  });

  test('enters by the invitation with the password that they have', async () => {
    const other = await organisation(server, 'Second elsewhere');
    await signedIn(server, other, ['reader'], { email: 'enters@scim.example' });
    const user = await create({ userName: 'enters@scim.example', emails: undefined });
    const { link } = (await admin.send('POST', `/members/${user.id}/invitation`, {})).json();
    const token = secretOf(link);
    const entered = await nobody.send('POST', '/invitations/accept', { token, password });
    expect([entered.statusCode, entered.json().member.id]).toEqual([201, user.id]);
  });
});

describe('access', () => {
  test.each([
    ['as Entra ID sends it', patchOf({ op: 'Replace', path: 'active', value: 'False' })],
    ['as Okta sends it', patchOf({ op: 'replace', value: { active: false } })],
  ])('ends at once, %s: sessions and tokens with it', async (_who, body) => {
    const person = await signedIn(server, admin.organisation, ['admin', 'reader']);
    // An administrator by the word of a provider, not of people here.
    const name = { kind: 'openid', source: 'https://idp.example', subject: person.id } as const;
    await server.store.change({ ...context(), actor: { type: 'rule', rule: 'test' } }, (write) =>
      linkOutside(write, person.id, name, { address: null, roles: ['admin'] }),
    );
    const made = await person.send('POST', '/tokens', { name: 'Mine', roles: ['reader'] });
    const own = { headers: { authorization: `Bearer ${made.json().secret}` } };
    expect((await nobody.send('GET', '/session', undefined, own)).statusCode).toBe(200);
    const answer = await idp.send('PATCH', `/Users/${person.id}`, body);
    expect([answer.statusCode, answer.json().active]).toEqual([200, false]);
    expect((await person.send('GET', '/session')).statusCode).toBe(401);
    expect((await nobody.send('GET', '/session', undefined, own)).statusCode).toBe(401);
    expect(await member(person.id)).toMatchObject({ active: false, roles: ['admin', 'reader'] });
    expect(await read(person.id)).toMatchObject({ active: false });
    expect((await found_(`id eq "${person.id}"`)).totalResults).toBe(1);
    const back = await idp.send('PATCH', `/Users/${person.id}`, patchOf(replace('active', 'True')));
    expect([back.statusCode, back.json().active]).toEqual([200, true]);
    // Whoever was signed in signs in again.
    expect((await person.send('GET', '/session')).statusCode).toBe(401);
  });

  test('of the only administrator is never taken', async () => {
    const alone = await organisation(server, 'One administrator');
    const only = await signedIn(server, alone, ['admin']);
    const theirs = await provider(server, alone);
    // Another one whose time is over, or will be, is none who stays.
    const leaving = await signedIn(server, alone, ['admin']);
    await server.store.owner.query(`update member set left_on = '2020-01-01' where id = $1`, [leaving.id]);
    const refused = [
      await theirs.send('PATCH', `/Users/${only.id}`, patchOf(replace('active', false))),
      await theirs.send('PUT', `/Users/${only.id}`, aUser({ active: false })),
      await theirs.send('DELETE', `/Users/${only.id}`),
    ];
    for (const answer of refused) {
      expect(told(answer)).toEqual([409, '409', undefined]);
      expect(answer.json().detail).toBe('This is the only administrator. Make somebody else one first.');
    }
    expect((await only.send('GET', '/session')).statusCode).toBe(200);
  });

  test('that an administrator ended is given back by an administrator alone', async () => {
    const user = await create();
    await admin.send('PATCH', `/members/${user.id}`, { active: false });
    const refused = await idp.send('PATCH', `/Users/${user.id}`, patchOf(replace('active', true)));
    expect(told(refused)).toEqual([409, '409', undefined]);
    // A provider that repeats what it reads does not undo it either.
    await idp.send('PUT', `/Users/${user.id}`, { ...(await read(user.id)), displayName: 'Another name' });
    expect(await read(user.id)).toMatchObject({ active: false, displayName: 'Another name' });
    expect(told(await idp.send('PATCH', `/Users/${user.id}`, patchOf(replace('active', true))))[0]).toBe(409);
    await admin.send('PATCH', `/members/${user.id}`, { active: true });
    expect(await read(user.id)).toMatchObject({ active: true });
  });

  test('is there from the beginning or not, as is said', async () => {
    const user = await create({ active: false });
    expect(await member(user.id)).toMatchObject({ active: false });
    expect(
      (await idp.send('PATCH', `/Users/${user.id}`, patchOf(replace('active', true)))).json().active,
    ).toBe(true);
  });
});

describe('taking away', () => {
  test('ends the membership and its roles, keeps the person, and lets the name be used again', async () => {
    const person = await signedIn(server, admin.organisation, ['contributor'], {
      email: 'leaves@scim.example',
    });
    expect((await idp.send('DELETE', `/Users/${person.id}`)).statusCode).toBe(204);
    expect((await idp.send('GET', `/Users/${person.id}`)).statusCode).toBe(404);
    expect((await idp.send('DELETE', `/Users/${person.id}`)).statusCode).toBe(404);
    expect((await found_('userName eq "leaves@scim.example"')).totalResults).toBe(0);
    expect((await person.send('GET', '/session')).statusCode).toBe(401);
    expect(await member(person.id)).toMatchObject({ active: false, roles: [] });
    // Named again, they are who they were, without what they were given then.
    const again = await create({ userName: 'leaves@scim.example', emails: undefined });
    expect(again).toMatchObject({ id: person.id, active: true });
    expect(await member(person.id)).toMatchObject({ active: true, roles: [] });
  });

  test('finds again whom only a sign-in provider knows, unless it is said to be somebody else', async () => {
    const body = aUser();
    const post = async (more = {}) => (await idp.send('POST', '/Users', { ...body, ...more })).json();
    const { id } = await post();
    const login = newId();
    await server.store.change({ ...context(), actor: { type: 'rule', rule: 'test' } }, async (write) => {
      await addPerson(write, { id: login, email: null, passwordHash: null });
      await tieLogin(write, id, login);
    });
    await idp.send('DELETE', `/Users/${id}`);
    const somebodyElse = await post({ externalId: 'somebody-else' });
    expect(somebodyElse.id).not.toBe(id);
    await idp.send('DELETE', `/Users/${somebodyElse.id}`);
    expect((await post()).id).toBe(id);
  });

  test('whom an administrator ended is let in again by an administrator alone', async () => {
    const person = await signedIn(server, admin.organisation, ['reader'], { email: 'ended@scim.example' });
    await admin.send('PATCH', `/members/${person.id}`, { active: false });
    const answer = await idp.send(
      'POST',
      '/Users',
      aUser({ userName: 'ended@scim.example', emails: undefined }),
    );
    expect(told(answer)).toEqual([409, '409', 'uniqueness']);
    expect(answer.json().detail).toMatch(/An administrator lets them in again/);
  });

  test('what was said of a person is in the document of all that is known of them', async () => {
    const user = await create();
    const asked = (await admin.send('POST', `/members/${user.id}/export`, {})).json();
    await runJob(server.services, jobHandlers, admin.organisation, asked.id);
    const own = (await admin.send('GET', `/members/${user.id}/export/${asked.id}`)).json();
    expect(own.provisioned).toEqual([
      expect.objectContaining({
        externalId: user.externalId,
        said: expect.objectContaining({ userName: user.userName }),
      }),
    ]);
  });

  test('a name that was erased is not there any more, and nothing of it is kept', async () => {
    const user = await create();
    await admin.send('PATCH', `/members/${user.id}`, { active: false });
    expect((await admin.send('POST', `/members/${user.id}/erase`, { reason: 'law' })).statusCode).toBe(200);
    expect((await idp.send('GET', `/Users/${user.id}`)).statusCode).toBe(404);
    const rows = await server.store.owner.query('select * from provisioned where id = $1', [user.id]);
    expect(rows.rows[0]).toMatchObject({ content: null, external_id: null, name_key: null, salt: null });
  });
});

describe('a person who was added by hand', () => {
  test('is found by their address and taken over with the first change', async () => {
    const person = await signedIn(server, admin.organisation, ['contributor'], {
      name: 'Head of motor',
      email: 'motor@scim.example',
    });
    const { Resources } = await found_('userName eq "Motor@scim.example"');
    expect(Resources).toEqual([
      expect.objectContaining({
        id: person.id,
        displayName: 'Head of motor',
        userName: 'motor@scim.example',
      }),
    ]);
    expect(Resources[0].meta.lastModified).toBeUndefined();
    await idp.send(
      'PATCH',
      `/Users/${person.id}`,
      patchOf({ op: 'add', path: 'externalId', value: 'e-motor' }),
    );
    expect((await found_('externalId eq "e-motor"')).Resources[0]).toMatchObject({ id: person.id });
    // Roles are no matter of provisioning, and stay; so does the session.
    expect(await member(person.id)).toMatchObject({ roles: ['contributor'], provisioned: true });
    expect((await person.send('GET', '/session')).statusCode).toBe(200);
  });

  test('is renamed by hand as long as nobody provisions them, and by the provider then', async () => {
    const user = await create();
    const refused = await admin.send('PATCH', `/members/${user.id}`, { name: 'Another' });
    expect([refused.statusCode, refused.json().errors[0].at]).toEqual([409, 'name']);
    expect((await admin.send('PATCH', `/members/${user.id}`, { roles: ['reader'] })).statusCode).toBe(200);
    const renamed = await idp.send('PATCH', `/Users/${user.id}`, patchOf(replace('displayName', 'Another')));
    expect(renamed.json().displayName).toBe('Another');
    expect(await member(user.id)).toMatchObject({ name: 'Another', roles: ['reader'] });
  });

  test('keeps the address that they sign in with, whatever address is said here', async () => {
    const person = await signedIn(server, admin.organisation, ['reader'], { email: 'login@scim.example' });
    const change = patchOf(replace('emails[type eq "work"].value', 'moved@scim.example'));
    expect((await idp.send('PATCH', `/Users/${person.id}`, change)).json().emails).toEqual([
      { value: 'moved@scim.example', type: 'work', primary: true },
    ]);
    const session = await nobody.send('POST', '/session', { email: 'login@scim.example', password });
    expect(session.statusCode).toBe(200);
  });
});

describe('changes', () => {
  test('PUT puts what is said in the place of what was; access that is not mentioned stays', async () => {
    const user = await create();
    const body = aUser({ externalId: undefined, active: undefined, name: undefined });
    const answer = await idp.send('PUT', `/Users/${user.id}`, body);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id: user.id, userName: body.userName, active: true });
    expect(answer.json().externalId).toBeUndefined();
    expect(answer.json().name).toBeUndefined();
  });

  test('what is said again changes nothing, and writes nothing', async () => {
    const user = await create();
    const entries = async () =>
      (
        await server.store.owner.query('select count(*) from entry where organisation = $1', [
          admin.organisation,
        ])
      ).rows[0].count;
    const before = await entries();
    const same = await idp.send('PUT', `/Users/${user.id}`, user);
    expect(same.headers.etag).toBe(user.meta.version);
    await idp.send('PATCH', `/Users/${user.id}`, patchOf(replace('displayName', user.displayName)));
    expect(await entries()).toBe(before);
  });

  test('are made on the version that If-Match names, and a reader with that version is told so', async () => {
    const user = await create();
    const version = user.meta.version;
    const patch = patchOf(replace('displayName', 'First'));
    expect(
      (await idp.send('GET', `/Users/${user.id}`, undefined, { 'if-none-match': version })).statusCode,
    ).toBe(304);
    const first = await idp.send('PATCH', `/Users/${user.id}`, patch, { 'if-match': version });
    expect([first.statusCode, first.headers.etag === version]).toEqual([200, false]);
    for (const [method, body] of [
      ['PATCH', patchOf(replace('displayName', 'Second'))],
      ['PUT', aUser()],
      ['DELETE', undefined],
    ] as const)
      expect(told(await idp.send(method, `/Users/${user.id}`, body, { 'if-match': version }))[0]).toBe(412);
    expect(await read(user.id)).toMatchObject({ displayName: 'First' });
    const any = await idp.send('PATCH', `/Users/${user.id}`, patchOf(replace('displayName', 'Third')), {
      'if-match': '*',
    });
    expect(any.statusCode).toBe(200);
  });

  test('of an id, of groups and of what is no attribute are refused or passed over', async () => {
    const user = await create();
    const send = (operation: unknown) => idp.send('PATCH', `/Users/${user.id}`, patchOf(operation));
    expect(told(await send(replace('id', 'x')))).toEqual([400, '400', 'mutability']);
    expect(told(await send(replace('groups', [])))).toEqual([400, '400', 'mutability']);
    expect(told(await send({ op: 'remove', path: 'userName' }))).toEqual([400, '400', 'mutability']);
    expect(told(await send(replace('emails[', 'x')))).toEqual([400, '400', 'invalidFilter']);
    expect(told(await send(replace('a b', 'x')))).toEqual([400, '400', 'invalidPath']);
    expect(told(await send({ op: 'remove' }))).toEqual([400, '400', 'noTarget']);
    expect(told(await send({ op: 'move', path: 'userName' }))).toEqual([400, '400', 'invalidSyntax']);
    expect((await send(replace('title', 'Head of claims'))).statusCode).toBe(200);
    expect((await send(replace('roles', [{ value: 'admin' }]))).statusCode).toBe(200);
    expect(await member(user.id)).toMatchObject({ roles: [] });
    expect(await read(user.id)).toEqual(user);
  });

  test('an address that somebody has is refused in a change too', async () => {
    const [one, two] = [await create(), await create()];
    const answer = await idp.send('PATCH', `/Users/${one.id}`, patchOf(replace('userName', two.userName)));
    expect(told(answer)).toEqual([409, '409', 'uniqueness']);
  });
});

describe('lists', () => {
  test('are answered by filter, page by page, with how many there are', async () => {
    const tag = 'paged';
    for (let n = 0; n < 5; n += 1) await create({ displayName: `${tag} ${n}` });
    const page = await found_(`displayName sw "${tag}"`, '&startIndex=2&count=2&sortBy=displayName');
    expect(page).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 5,
      startIndex: 2,
      itemsPerPage: 2,
    });
    const names = (list: { Resources: { displayName: string }[] }) =>
      list.Resources.map((one) => one.displayName);
    expect(names(page)).toEqual([`${tag} 1`, `${tag} 2`]);
    const falling = await found_(
      `displayName sw "${tag}"`,
      '&sortBy=displayName&sortOrder=descending&count=1',
    );
    expect(names(falling)).toEqual([`${tag} 4`]);
    expect(await found_(`displayName sw "${tag}"`, '&count=0')).toMatchObject({
      totalResults: 5,
      Resources: [],
    });
    expect(await found_(`displayName sw "${tag}"`, '&startIndex=90')).toMatchObject({
      totalResults: 5,
      itemsPerPage: 0,
    });
    expect(await found_(`displayName sw "${tag}"`, '&startIndex=-3&count=-1')).toMatchObject({
      startIndex: 1,
    });
  });

  test('find by e-mail, by access and by several things at once', async () => {
    const user = await create();
    const address = user.emails[0].value;
    for (const filter of [
      `emails.value eq "${address.toUpperCase()}"`,
      `emails[type eq "work" and value eq "${address}"]`,
      `userName eq "${user.userName}" and active eq true`,
      `externalId eq "${user.externalId}" and not (active eq "False")`,
      `urn:ietf:params:scim:schemas:core:2.0:User:userName eq "${user.userName}"`,
      `id eq "${user.id}"`,
    ])
      expect([filter, (await found_(filter)).Resources.map((one: { id: string }) => one.id)]).toEqual([
        filter,
        [user.id],
      ]);
    for (const filter of ['id eq "none"', 'userName eq "nobody"', `id eq "${user.id}" and active eq false`])
      expect([filter, (await found_(filter)).totalResults]).toEqual([filter, 0]);
  });

  test('answer the attributes that were asked for', async () => {
    const user = await create();
    const asked = async (query: string) => (await idp.send('GET', `/Users/${user.id}?${query}`)).json();
    expect(await asked('attributes=userName,name.familyName')).toEqual({
      schemas: user.schemas,
      id: user.id,
      userName: user.userName,
      name: { familyName: user.name.familyName },
    });
    const without = await asked('excludedAttributes=emails,name.formatted,id');
    expect(without).toMatchObject({ id: user.id, name: { givenName: 'Claims' } });
    expect([without.emails, without.name.formatted]).toEqual([undefined, undefined]);
    expect(told(await idp.send('GET', '/Users?attributes=id&excludedAttributes=id'))).toEqual([
      400,
      '400',
      'invalidValue',
    ]);
  });

  test('leave service accounts out, and people who left before they were provisioned', async () => {
    const account = await admin.send('POST', '/service-accounts', {
      name: 'Sync',
      owner: admin.id,
      roles: ['reader'],
    });
    const left = await signedIn(server, admin.organisation, ['reader']);
    await admin.send('PATCH', `/members/${left.id}`, { active: false });
    for (const id of [account.json().id, left.id])
      expect((await idp.send('GET', `/Users/${id}`)).statusCode).toBe(404);
    expect((await idp.send('GET', `/Users/${reader.id}`)).statusCode).toBe(200);
  });
});

test('a provider that takes away the person who made its token goes on with the others', async () => {
  const maker = await signedIn(server, admin.organisation, ['admin']);
  const body = { name: 'Provisioning', roles: [], scope: { acts: 'provisioning' } };
  const { secret, token } = (await maker.send('POST', '/tokens', body)).json();
  expect(token).toMatchObject({ roles: [], scope: { kinds: 'all', acts: 'provisioning' } });
  const headers = { authorization: `Bearer ${secret}` };
  // An administrator is taken away once they are none any more by what was done here.
  expect((await idp.send('DELETE', `/Users/${maker.id}`, undefined, headers)).statusCode).toBe(409);
  await server.store.owner.query(`update member set roles = '{reader}' where id = $1`, [maker.id]);
  const end = await idp.send('DELETE', `/Users/${maker.id}`, undefined, headers);
  expect(end.statusCode).toBe(204);
  expect((await idp.send('GET', `/Users/${reader.id}`, undefined, headers)).statusCode).toBe(200);
});

test('everything of it stands in the log by the token that did it, and verifies both ways', async () => {
  const own = await organisation(server, 'Verified');
  const theirs = await provider(server, own);
  await signedIn(server, own, ['admin']);
  const [stays, goes, out] = await Promise.all(
    [0, 1, 2].map(async () => (await theirs.send('POST', '/Users', aUser())).json().id),
  );
  await theirs.send('PATCH', `/Users/${stays}`, patchOf(replace('displayName', 'Renamed')));
  await theirs.send('PATCH', `/Users/${goes}`, patchOf(replace('active', false)));
  await theirs.send('DELETE', `/Users/${out}`);
  await publish(server, signing);
  expect(await found(server, own)).toEqual([]);
  const { rows } = await server.store.owner.query<{ act: string; actor: { type: string; id: string } }>(
    `select act, convert_from(body, 'UTF8')::jsonb -> 'actor' as actor from entry where organisation = $1 and act ~ '^(provisioning|member)' order by id`,
    [own],
  );
  const ours = rows.filter(({ actor }) => actor.type === 'token');
  expect(new Set(ours.map(({ actor }) => actor.id))).toEqual(new Set([theirs.id]));
  expect(ours.map(({ act }) => act).toSorted()).toEqual(
    [
      ...Array(3).fill('member.joined'),
      'member.changed',
      ...Array(2).fill('member.left'),
      'provisioning.ended',
      ...Array(4 + 1).fill('provisioning.set'),
    ].toSorted(),
  );
  // A row that was written past the log is found, and so is a row that is gone.
  const tamper = (text: string) => server.store.owner.query(text, [own, stays]);
  await tamper(`update provisioned set external_id = 'another' where organisation = $1 and id = $2`);
  expect(await found(server, own)).toEqual([expect.stringMatching(/^content-differs provisioned\./)]);
  await tamper('delete from provisioned where organisation = $1 and id = $2');
  expect(await found(server, own)).toEqual([expect.stringMatching(/^row-gone provisioned/)]);
});

test('whoever provisions by another token, or with too little, is told what is missing', async () => {
  const whole = await tokenAgent(server, admin.organisation, ['admin', 'aims-manager']);
  const answer = await idp.send('GET', '/Users', undefined, whole.headers);
  expect([answer.statusCode, answer.json().detail]).toEqual([
    403,
    'This token is not for provisioning. An administrator makes one that is, under API tokens.',
  ]);
});
