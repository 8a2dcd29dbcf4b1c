import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  agreed,
  aloneReason,
  byTwoHands,
  closeUnfailed,
  cookieHeaders,
  organisation,
  password,
  proveAgain,
  signedIn,
  staffedServer,
  type TestServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { secretOf } from '../../../test/secret-of.ts';

let server: TestServer;
let admin: Agent;
let manager: Agent;
let reader: Agent;
let nobody: Agent;

beforeAll(async () => {
  ({ server, admin, manager, reader, nobody } = await staffedServer());
});
afterAll(() => closeUnfailed(server));

const administration = [
  ['POST', '/members', { name: 'X', email: 'x@example.org', roles: [] }],
  ['PATCH', '/members/ID', { active: false }],
  ['POST', '/members/ID/invitation', undefined],
  ['GET', '/tokens', undefined],
  ['POST', '/tokens', { name: 'X', roles: ['admin'] }],
  ['DELETE', '/tokens/ID', undefined],
  ['PATCH', '/organisation', { name: 'X' }],
  ['PUT', '/authority', { grants: [] }],
] as const;

test('administration is refused to whoever is not signed in, and to a reader with who could', async () => {
  for (const [method, path, body] of administration) {
    const to = path.replace('ID', admin.id);
    expect([path, (await nobody.send(method, to, body)).statusCode]).toEqual([path, 401]);
    const refused = await reader.send(method, to, body);
    expect([path, refused.statusCode, refused.json().facts.who]).toEqual([
      path,
      403,
      expect.arrayContaining(['admin']),
    ]);
  }
});

test('a member is invited by a link, accepts it with a password once, and is let in', async () => {
  const input = { name: 'Head of claims', email: 'Claims@Example.org', roles: ['system-owner'] };
  const made = (await admin.send('POST', '/members', input)).json();
  expect(made.link).toMatch(/^http:\/\/127\.0\.0\.1:4270\/invitation#token=/);
  const token = secretOf(made.link);
  expect((await admin.send('POST', '/members', input)).json().code).toBe('conflict');
  const listed = (await admin.send('GET', '/members')).json().items;
  const invited = listed.find((one: { id: string }) => one.id === made.member);
  expect(invited).toMatchObject({ email: 'claims@example.org', invitedUntil: expect.any(String) });
  expect(JSON.stringify((await reader.send('GET', '/members')).json())).not.toContain('example.org');
  expect((await nobody.send('POST', '/session', { email: input.email, password })).statusCode).toBe(401);
  const shown = (await nobody.send('POST', '/invitations/link', { token })).json();
  expect(shown).toEqual({
    link: 'usable',
    organisation: 'Example Insurance',
    name: 'Head of claims',
    email: 'claims@example.org',
    yours: false,
    byMail: false,
  });
  for (const weak of ['short', 'password1234', 'HeadOfClaims1', 'Example Insurance 1']) {
    const refused = await nobody.send('POST', '/invitations/accept', { token, password: weak });
    expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'password']);
  }
  const accepted = await nobody.send('POST', '/invitations/accept', { token, password });
  expect([accepted.statusCode, accepted.json().roles]).toEqual([201, ['system-owner']]);
  expect((await nobody.send('POST', '/invitations/accept', { token, password })).statusCode).toBe(409);
  expect((await nobody.send('POST', '/invitations/link', { token })).json().link).toBe('used');
  expect((await nobody.send('POST', '/session', { email: input.email, password })).statusCode).toBe(200);
});

test('a person of another organisation accepts with the password they have, and nobody else can', async () => {
  const bank = await organisation(server, 'Harbour Bank');
  const banker = await signedIn(server, bank, ['admin']);
  const email = 'admin@example.org';
  const { link } = (
    await banker.send('POST', '/members', { name: 'Guest', email, roles: ['reader'] })
  ).json();
  const token = secretOf(link);
  // Whoever holds the link may be who invited: they are not told that there is such an account.
  expect((await banker.send('POST', '/invitations/link', { token })).json().yours).toBe(false);
  const guess = await nobody.send('POST', '/invitations/accept', {
    token,
    password: 'a password of my own choosing',
  });
  expect(guess.statusCode).toBe(401);
  const joined = await nobody.send('POST', '/invitations/accept', { token, password });
  expect(joined.json().organisations.map((one: { name: string }) => one.name)).toEqual([
    'Example Insurance',
    'Harbour Bank',
  ]);
  const there = await nobody.send('POST', '/session', { email, password, organisation: bank });
  expect(there.json().organisation.name).toBe('Harbour Bank');
});

test('an invitation ends after seven days, and when a new one is made', async () => {
  const { member, link } = (
    await admin.send('POST', '/members', { name: 'Late', email: 'late@example.org', roles: ['reader'] })
  ).json();
  const second = (await admin.send('POST', `/members/${member}/invitation`)).json().link;
  const stateOf = async (of: string) =>
    (await nobody.send('POST', '/invitations/link', { token: secretOf(of) })).json().link;
  expect([await stateOf(link), await stateOf(second)]).toEqual(['unknown', 'usable']);
  await admin.send('PATCH', `/members/${member}`, { active: false });
  expect(await stateOf(second)).toBe('expired');
});

test('roles change at once, and one administrator always stays', async () => {
  const owner = await signedIn(server, admin.organisation, ['reader']);
  const changed = await admin.send('PATCH', `/members/${owner.id}`, { roles: ['aims-manager'] });
  expect(changed.json().roles).toEqual(['aims-manager']);
  expect((await owner.send('POST', '/systems', { fields: { name: 'Allowed now' } })).statusCode).toBe(201);
  for (const patch of [{ roles: ['reader'] }, { active: false }, { until: '2999-01-01' }])
    expect((await admin.send('PATCH', `/members/${admin.id}`, patch)).statusCode).toBe(409);
  expect((await admin.send('PATCH', `/members/${owner.id}`, { active: false })).statusCode).toBe(200);
  expect((await owner.send('GET', '/session')).statusCode).toBe(401);
});

test('the administrator who stays is one without an end, and not one whose time is past or who is one by a group', async () => {
  const office = await organisation(server, 'Office with one administrator');
  const only = await signedIn(server, office, ['admin']);
  const others = await Promise.all([1, 2, 3].map(() => signedIn(server, office, ['admin'])));
  const [past, soon, grouped] = others.map(({ id }) => id);
  // An end that was given before this one began to count, whose day has come since.
  await server.store.owner.query(`update member set left_on = '2020-01-01' where id = $1`, [past]);
  const change = (id: string | undefined, patch: object) =>
    agreed(server, office, only.send('PATCH', `/members/${id}`, { ...patch, reason: aloneReason }));
  expect((await change(soon, { until: '2999-12-31' })).statusCode).toBe(200);
  expect((await change(grouped, { roles: ['reader'] })).statusCode).toBe(202);
  const group = { name: 'Office', roles: ['admin'], members: [grouped] };
  expect((await agreed(server, office, only.send('POST', '/groups', group))).statusCode).toBe(201);
  for (const patch of [{ active: false }, { roles: ['reader'] }, { until: '2999-12-31' }]) {
    const refused = await only.send('PATCH', `/members/${only.id}`, patch);
    expect([patch, refused.statusCode, refused.json().detail]).toEqual([
      patch,
      409,
      'This is the only administrator. Make somebody else one first.',
    ]);
  }
  expect((await only.send('PATCH', `/members/${soon}`, { until: null })).statusCode).toBe(200);
  expect((await only.send('PATCH', `/members/${only.id}`, { until: '2999-12-31' })).statusCode).toBe(200);
  // Where nobody is left without an end, the one with a day to come stays.
  await server.store.owner.query(`update member set left_on = '2020-01-01' where id = $1`, [soon]);
  expect((await only.send('PATCH', `/members/${only.id}`, { active: false })).statusCode).toBe(409);
});

test('an external auditor has access until a date, to what somebody chose', async () => {
  const input = { name: 'Auditor', email: 'auditor@example.org', roles: ['external-auditor'] };
  const endless = await admin.send('POST', '/members', input);
  expect([endless.statusCode, endless.json().errors[0].at]).toEqual([422, 'until']);
  expect((await admin.send('POST', '/members', { ...input, until: '2026-02-30' })).statusCode).toBe(422);
  const until = '2999-12-31';
  const unchosen = await admin.send('POST', '/members', { ...input, until });
  expect([unchosen.statusCode, unchosen.json().errors[0].at]).toEqual([422, 'scope']);
  const scope = { kinds: 'all', systems: 'all', audits: [] };
  const made = await admin.send('POST', '/members', { ...input, until, scope });
  expect(made.statusCode).toBe(201);
  const path = `/members/${made.json().member}`;
  expect((await admin.send('PATCH', path, { scope: null })).json().errors[0].at).toBe('scope');
  expect((await admin.send('PATCH', path, { roles: ['reader'] })).statusCode).toBe(200);
  expect((await admin.send('PATCH', path, { roles: ['external-auditor'] })).json().errors[0].at).toBe(
    'scope',
  );
  expect((await admin.send('PATCH', path, { roles: ['external-auditor'], scope })).statusCode).toBe(200);
});

test('a token shows its secret once, acts within its roles, and ends when revoked or run out', async () => {
  const expiresAt = new Date(server.services.clock().getTime() + 3_600_000).toISOString();
  const made = (await admin.send('POST', '/tokens', { name: 'CI', roles: ['reader'], expiresAt })).json();
  expect(made.secret).toMatch(/^tl_[\w-]{43}$/);
  const asked = (path: string, method: 'GET' | 'POST' = 'GET', body?: unknown) =>
    nobody.send(method, path, body, { headers: { authorization: `Bearer ${made.secret}` } });
  expect((await asked('/session')).json()).toMatchObject({
    token: { name: 'CI' },
    member: null,
    roles: ['reader'],
  });
  expect((await asked('/systems', 'POST', { fields: { name: 'X' } })).statusCode).toBe(403);
  const listed = (await admin.send('GET', '/tokens')).json().items;
  expect(listed[0]).toMatchObject({ id: made.token.id, usedAt: expect.any(String) });
  expect(JSON.stringify(listed)).not.toContain(made.secret);
  const other = await tokenAgent(server, admin.organisation, ['reader']);
  expect((await admin.send('DELETE', `/tokens/${other.id}`)).statusCode).toBe(204);
  expect((await other.send('GET', '/session')).statusCode).toBe(401);
  expect((await asked('/session', 'GET')).statusCode).toBe(200);
  expect(
    (
      await admin.send('POST', '/tokens', {
        name: 'Past',
        roles: ['reader'],
        expiresAt: '2001-01-01T00:00:00Z',
      })
    ).statusCode,
  ).toBe(422);
  server.later(3_600_001);
  await proveAgain(admin);
  expect((await asked('/session')).statusCode).toBe(401);
});

test('the organisation changes its time zone and its rhythms', async () => {
  const before = (await reader.send('GET', '/organisation')).json();
  expect(before).toMatchObject({
    name: 'Example Insurance',
    abilities: { edit: { allowed: false } },
  });
  const after = await admin.send('PATCH', '/organisation', {
    timeZone: 'america/new_york',
    intervals: { internal_audit: 12 },
  });
  expect(after.json()).toMatchObject({ timeZone: 'America/New_York' });
  expect(after.json().intervals.find((one: { id: string }) => one.id === 'internal_audit')).toMatchObject({
    months: 12,
    advised: 'P1Y',
  });
  const unknown = await admin.send('PATCH', '/organisation', { intervals: { moon_phase: 1 } });
  expect(unknown.json().errors[0].at).toBe('intervals.moon_phase');
});

/** By two hands where another person could be the second. */
const putTable = async (body: object) => {
  second ??= await signedIn(server, admin.organisation, ['admin'], { name: 'Head of operations' });
  await proveAgain(second);
  return byTwoHands(admin.send('PUT', '/authority', body), second, '/authority');
};
let second: Agent | undefined;

test('while the table is empty, whoever may fill it is offered the usual one, by duty, which can be put in force', async () => {
  const open = async (who: Agent) => (await who.send('GET', '/home')).json().readiness.authorityOpen;
  expect([await open(admin), await open(reader)]).toEqual([true, false]);
  const { usual, grants } = (await admin.send('GET', '/authority')).json();
  expect(grants).toEqual([]);
  const roleOf = ({ role }: { role: string | null }) => role ?? 'top-management';
  const filled = usual.flatMap((duty: { role: string | null; limits: object[] }) =>
    duty.limits.map((limit) => ({ ...limit, holder: { role: roleOf(duty) } })),
  );
  const put = await putTable({ grants: filled });
  expect([put.statusCode, put.json().grants.length]).toEqual([200, filled.length]);
  expect(await open(admin)).toBe(false);
  const decided = async (on = '') => {
    const { dimensions } = (await admin.send('GET', `/authority${on}`)).json();
    return new Map(
      dimensions.map((one: { id: string; decidedBy: string }) => [one.id, one.decidedBy] as const),
    ).get('residual_risk');
  };
  expect(await decided()).toBe('table');
  expect(await decided('?asOf=2020-01-01')).toBe('roles');
  // Lines that stood until yesterday leave nobody behind them, and the page does not call the table empty.
  await server.store.owner.query('update authority set valid_from = valid_from - 10');
  await putTable({ grants: [] });
  expect([await decided(), await open(admin)]).toEqual(['nobody', false]);
  await server.store.owner.query('delete from authority');
  expect([await decided(), await open(admin)]).toEqual(['roles', true]);
});

test('the table of authority is put in force whole, and names people who are members', async () => {
  const grant = {
    level: 'low',
    dimension: 'residual_risk',
    holder: { member: admin.id },
    delegate: manager.id,
  };
  const set = await putTable({
    grants: [grant, { level: 'high', dimension: 'release', holder: { role: 'top-management' } }],
  });
  expect(set.json().grants).toEqual([
    { level: 'high', dimension: 'release', holder: { role: 'top-management' }, delegate: null, until: null },
    {
      level: 'low',
      dimension: 'residual_risk',
      holder: { member: admin.id, name: 'Head of compliance' },
      delegate: { member: manager.id, name: 'AIMS manager' },
      until: null,
    },
  ]);
  expect((await putTable({ grants: [grant] })).json().grants).toHaveLength(1);
  const stranger = { ...grant, holder: { member: '00000000-0000-7000-8000-000000000000' } };
  const refused = await putTable({
    grants: [{ ...grant, level: 'cosmic' }, stranger],
  });
  expect(refused.json().errors.map((one: { at: string }) => one.at)).toEqual([
    'grants.0.level',
    'grants.1.holder',
  ]);
});

test('the table of an earlier day is read as it was in force then', async () => {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const dayMs = 86_400_000;
  const start = server.services.clock().getTime();
  const put = (level: string, dimension: string) =>
    putTable({
      grants: [{ level, dimension, holder: { role: 'top-management' } }],
    });
  expect((await put('severe', 'treatment_plan')).statusCode).toBe(200);
  const ids = (await admin.send('GET', '/authority')).json().dimensions.map((one: { id: string }) => one.id);
  expect(ids).toEqual(
    expect.arrayContaining(['residual_risk', 'treatment_plan', 'applicability', 'document']),
  );
  await server.store.owner.query(
    `update authority set valid_from = valid_from - 10 where organisation = $1 and dimension = 'treatment_plan'`,
    [admin.organisation],
  );
  expect((await put('high', 'document')).statusCode).toBe(200);
  const on = async (query: string) =>
    (await admin.send('GET', `/authority${query}`))
      .json()
      .grants.map((one: { level: string; dimension: string }) => `${one.dimension} ${one.level}`);
  expect(await on('')).toEqual(['document high']);
  expect(await on(`?asOf=${day(start - 3 * dayMs)}`)).toContain('treatment_plan severe');
  expect(await on(`?asOf=${day(start - 3 * dayMs)}`)).not.toContain('document high');
  expect(await on(`?asOf=${day(start - 400 * dayMs)}`)).toEqual([]);
  // What nothing asks is given to nobody; a line of before shows on its day, and ends with the next table.
  expect(ids).not.toContain('stop');
  const refused = await put('high', 'stop');
  expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'grants.0.dimension']);
  await server.store.owner.query(
    `update authority set dimension = 'stop' where organisation = $1 and dimension = 'document' and level = 'high'`,
    [admin.organisation],
  );
  expect(await on('')).toEqual([]);
  expect(await on(`?asOf=${day(server.services.clock().getTime())}`)).toEqual(['stop high']);
  await server.store.owner.query(
    `update authority set dimension = 'document' where organisation = $1 and dimension = 'stop'`,
    [admin.organisation],
  );
  expect((await admin.send('GET', '/authority?asOf=yesterday')).statusCode).toBe(422);
});

test('views and preferences belong to a person; shared views are seen by all and changed by their owner', async () => {
  const view = { collection: 'systems', name: 'Running', query: 'state=live&sort=-gaps' };
  const mine = (await reader.send('POST', '/views', { ...view, shared: true })).json();
  const secret = (await reader.send('POST', '/views', { ...view, name: 'Mine' })).json();
  const seen = (await admin.send('GET', '/views?collection=systems')).json().items;
  expect(seen).toEqual([{ ...mine, yours: false }]);
  expect((await admin.send('PATCH', `/views/${mine.id}`, { name: 'Theirs' })).statusCode).toBe(403);
  expect((await admin.send('DELETE', `/views/${secret.id}`)).statusCode).toBe(404);
  expect((await reader.send('PATCH', `/views/${mine.id}`, { shared: false })).json().shared).toBe(false);
  expect((await reader.send('DELETE', `/views/${mine.id}`)).statusCode).toBe(204);
  const preferences = { theme: 'dark', columns: { systems: ['unit'] } };
  expect((await reader.send('PUT', '/preferences', preferences)).statusCode).toBe(200);
  expect((await reader.send('GET', '/session')).json().preferences).toEqual(preferences);
  expect((await reader.send('PUT', '/preferences', { a: 'x\u0000' })).statusCode).toBe(422);
  const token = await tokenAgent(server, admin.organisation, ['reader']);
  expect((await token.send('PUT', '/preferences', {})).statusCode).toBe(403);
});

test("another organisation's people, tokens, views and files are not there", async () => {
  const other = await signedIn(server, await organisation(server, 'Far Bank'), ['admin', 'aims-manager']);
  const token = (await admin.send('POST', '/tokens', { name: 'Ours', roles: ['reader'] })).json().token;
  expect((await other.send('GET', `/members/${admin.id}`)).statusCode).toBe(404);
  expect((await other.send('PATCH', `/members/${admin.id}`, { active: false })).statusCode).toBe(404);
  expect((await other.send('DELETE', `/tokens/${token.id}`)).statusCode).toBe(404);
  expect((await other.send('GET', '/members')).json().items).toHaveLength(1);
  expect(
    (await admin.send('GET', '/session', undefined, { headers: cookieHeaders('unknown') })).statusCode,
  ).toBe(401);
});
