import type { MemberWire } from '@throughline/domain/wire.ts';
import type { TokenWire } from '@throughline/domain/wire-pages.ts';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  agreed,
  aloneReason,
  closeUnfailed,
  firstAdministrator,
  proveAgain,
  record,
  signedIn,
  staffedServer,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { secretHash } from '../../store/secret.ts';
import { behindTokens, tokenOf } from '../../store/tokens.ts';

const hour = 3_600_000;
const day = 24 * hour;
let server: TestServer;
let admin: Agent;
let manager: Agent;
let nobody: Agent;
let signing: TestSigning;

beforeAll(async () => {
  ({ server, admin, manager, nobody } = await staffedServer());
  signing = await keyedSigning(server.store);
  // Nobody makes a token of a role that they do not have.
  const roles = ['admin', 'aims-manager', 'contributor'];
  await admin.send('PATCH', `/members/${admin.id}`, { roles, reason: aloneReason });
}, 60_000);

afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });
const as = (secret: string, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) =>
  nobody.send(method, path, body, bearer(secret));
const now = () => server.services.clock().getTime();
const said = (answer: LightMyRequestResponse) => [answer.statusCode, answer.json().code];

async function make(input: object, by = admin): Promise<{ token: TokenWire; secret: string }> {
  const answer = await by.send('POST', '/tokens', { name: 'Pipeline', roles: ['aims-manager'], ...input });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}

async function account(input: object = {}): Promise<MemberWire> {
  const body = { name: 'Inventory sync', owner: manager.id, roles: ['contributor', 'reader'], ...input };
  const answer = await admin.send('POST', '/service-accounts', body);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json();
}

const listed = async (id: string): Promise<TokenWire | undefined> =>
  (await admin.send('GET', '/tokens')).json().items.find((one: TokenWire) => one.id === id);

describe('a scope', () => {
  test('by kind and act bounds what the roles allow, and a refusal says so', async () => {
    const { token, secret } = await make({ scope: { kinds: ['system', 'task'], acts: ['read', 'create'] } });
    expect(token.scope).toEqual({ kinds: ['system', 'task'], acts: ['read', 'create'] });
    const made = await as(secret, 'POST', '/systems', { fields: { name: 'Claims triage' } });
    expect(made.statusCode).toBe(201);
    const { ref } = made.json().record;
    const comment = await as(secret, 'POST', `/systems/${ref}/comments`, { text: 'Why?' });
    expect(said(comment)).toEqual([403, 'out-of-scope']);
    expect(comment.json()).toMatchObject({
      title: 'The scope of this token does not allow this',
      detail: 'The scope of this token does not let it comment on this AI system.',
      facts: { who: expect.arrayContaining(['aims-manager']) },
    });
    expect(said(await as(secret, 'GET', '/risks'))).toEqual([403, 'out-of-scope']);
    expect(said(await as(secret, 'POST', '/risks', { fields: { name: 'Bias' } }))).toEqual([
      403,
      'out-of-scope',
    ]);
    expect(said(await as(secret, 'GET', '/tokens'))).toEqual([403, 'forbidden']);
    const shown = (await as(secret, 'GET', `/systems/${ref}`)).json();
    expect(shown.abilities.edit).toMatchObject({
      allowed: false,
      reason: 'The scope of this token does not let it edit this AI system.',
    });
    const kinds = (await as(secret, 'GET', '/kinds')).json().items;
    expect(kinds.map((one: { name: string }) => one.name).toSorted()).toEqual(['system', 'task']);
    expect(kinds[0].abilities.edit.reason).toMatch(/^The scope of this token does not let it edit /);
  });

  test('of one token is never another’s answer, though their roles are the same', async () => {
    const narrow = await make({ scope: { kinds: ['document'], acts: 'all' } });
    const readOnly = await make({ scope: { acts: 'read-only' } });
    const whole = await make({});
    const names = async (secret: string) =>
      (await as(secret, 'GET', '/kinds')).json().items.map((one: { name: string }) => one.name);
    expect(await names(narrow.secret)).toEqual(['document']);
    expect((await names(whole.secret)).length).toBeGreaterThan(20);
    const edits = async (secret: string) =>
      (await as(secret, 'GET', '/kinds')).json().items[0].abilities.edit.allowed;
    expect([await edits(whole.secret), await edits(readOnly.secret)]).toEqual([true, false]);
  });

  test('that only reads is refused every change at the door, whatever its roles', async () => {
    const { secret } = await make({ roles: ['admin', 'aims-manager'], scope: { acts: 'read-only' } });
    const system = await record(manager, 'systems', { name: 'Fraud score' });
    expect((await as(secret, 'GET', `/systems/${system.ref}`)).statusCode).toBe(200);
    expect((await as(secret, 'GET', '/log')).statusCode).toBe(200);
    const refused = await as(secret, 'POST', '/systems', { fields: { name: 'X' } });
    expect(refused.json()).toMatchObject({
      code: 'out-of-scope',
      detail: 'This token only reads: its scope does not let it change anything.',
    });
    expect(said(await as(secret, 'DELETE', '/session'))).toEqual([403, 'out-of-scope']);
    expect((await as(secret, 'GET', '/session')).json().token.scope).toEqual({
      kinds: 'all',
      acts: 'read-only',
    });
  });

  test('leaves administration out where it names other acts, and says so', async () => {
    const { secret } = await make({ roles: ['admin'], scope: { acts: ['read'] } });
    const refused = await as(secret, 'GET', '/tokens');
    expect(refused.json()).toMatchObject({
      code: 'out-of-scope',
      detail: 'The scope of this token does not allow this. It is for: administrator.',
      facts: { who: ['admin'] },
    });
    const organisation = (await as(secret, 'GET', '/organisation')).json();
    expect(organisation.abilities.edit.reason).toBe('The scope of this token does not allow this.');
  });

  test.each([
    [{ kinds: ['no-such-kind'] }, 'scope.kinds'],
    [{ kinds: [] }, 'scope.kinds'],
    [{ acts: ['conquer'] }, 'scope.acts'],
    [{ acts: 'nothing' }, 'scope.acts'],
    [{ acts: [] }, 'scope.acts'],
  ])('%j is refused by name', async (scope, at) => {
    const answer = await admin.send('POST', '/tokens', { name: 'X', roles: ['reader'], scope });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].at).toMatch(new RegExp(`^${at}`));
  });

  test('a token hands out nothing that reaches further than itself', async () => {
    const scope = { kinds: 'all', acts: ['read', 'tokens'] };
    const { secret, token } = await make({ roles: ['admin', 'reader'], scope });
    const wide = { name: 'Wide', roles: ['reader'] };
    expect(said(await as(secret, 'POST', '/tokens', wide))).toEqual([403, 'out-of-scope']);
    const strong = { name: 'Strong', roles: ['aims-manager'], scope: { acts: ['read'] } };
    expect(said(await as(secret, 'POST', '/tokens', strong))).toEqual([403, 'out-of-scope']);
    const other = await make({});
    expect(said(await as(secret, 'POST', `/tokens/${other.token.id}/rotation`, {}))).toEqual([
      403,
      'out-of-scope',
    ]);
    const less = { name: 'Less', roles: ['reader'], scope: { kinds: ['system'], acts: ['read'] } };
    const made = await as(secret, 'POST', '/tokens', less);
    expect(made.statusCode).toBe(201);
    // Whoever made the first stands behind the second too.
    expect(made.json().token.madeBy).toEqual([{ id: admin.id, name: 'Head of compliance' }]);
    expect((await as(secret, 'POST', `/tokens/${token.id}/rotation`, {})).statusCode).toBe(201);
  });
});

describe('whoever made it', () => {
  const maker = async () => {
    const who = await signedIn(server, admin.organisation, ['admin', 'aims-manager', 'reader']);
    const made = (
      await who.send('POST', '/tokens', { name: 'Theirs', roles: ['aims-manager', 'reader'] })
    ).json();
    return { who, secret: made.secret as string };
  };
  const change = (who: Agent, patch: object) =>
    agreed(server, admin.organisation, admin.send('PATCH', `/members/${who.id}`, patch));
  const roles = async (secret: string) => (await as(secret, 'GET', '/session')).json().roles;

  test('gives by it what they could still give, and nothing after their last day', async () => {
    const { who, secret } = await maker();
    expect(await roles(secret)).toEqual(['aims-manager', 'reader']);
    await change(who, { roles: ['reader'] });
    expect(await roles(secret)).toEqual(['reader']);
    await admin.send('PATCH', `/members/${who.id}`, { roles: ['reader'], until: '2020-01-31' });
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(401);
  });

  test('gives by their groups as by their own roles', async () => {
    const { who, secret } = await maker();
    const group = { name: 'Administrators', roles: ['admin'], members: [who.id] };
    const { id } = (await agreed(server, admin.organisation, admin.send('POST', '/groups', group))).json();
    await change(who, { roles: ['reader'] });
    expect(await roles(secret)).toEqual(['aims-manager', 'reader']);
    await agreed(server, admin.organisation, admin.send('DELETE', `/groups/${id}`));
    expect(await roles(secret)).toEqual(['reader']);
  });
});

describe('the end', () => {
  test('is 90 days ahead where nobody says one, and at most what the organisation allows', async () => {
    const { token } = await make({});
    expect(new Date(token.expiresAt ?? '').getTime() - new Date(token.createdAt).getTime()).toBe(90 * day);
    const ahead = (days: number) => new Date(now() + days * day).toISOString();
    const far = await admin.send('POST', '/tokens', { name: 'X', roles: ['reader'], expiresAt: ahead(400) });
    expect(far.json()).toMatchObject({
      code: 'unprocessable',
      errors: [{ at: 'expiresAt', message: 'A token works at most 365 days in this organisation.' }],
    });
    const set = await manager.send('PATCH', '/organisation', { tokenMaxDays: 30 });
    expect(set.json().tokenMaxDays).toBe(30);
    const short = await make({});
    expect(new Date(short.token.expiresAt ?? '').getTime() - new Date(short.token.createdAt).getTime()).toBe(
      30 * day,
    );
    const later = { name: 'X', roles: ['reader'], expiresAt: ahead(40) };
    expect((await admin.send('POST', '/tokens', later)).statusCode).toBe(422);
    expect((await manager.send('PATCH', '/organisation', { tokenMaxDays: 0 })).statusCode).toBe(422);
    expect((await manager.send('PATCH', '/organisation', { tokenMaxDays: 365 })).statusCode).toBe(200);
    expect((await listed(token.id))?.expiresAt).toBe(token.expiresAt);
  });
});

describe('rotation', () => {
  test('ends the secret before at once, unless a grace is asked for', async () => {
    const { token, secret } = await make({ scope: { acts: 'read-only' } });
    expect((await listed(token.id))?.usedAt).toBeNull();
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(200);
    expect((await listed(token.id))?.usedAt).not.toBeNull();
    const answer = await admin.send('POST', `/tokens/${token.id}/rotation`, {});
    expect(answer.statusCode).toBe(201);
    const next = answer.json();
    expect(next.secret).toMatch(/^tl_[\w-]{43}$/);
    expect(next.token).toMatchObject({
      id: token.id,
      scope: token.scope,
      expiresAt: token.expiresAt,
      previousUntil: null,
      rotatedAt: expect.any(String),
    });
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(401);
    expect((await as(next.secret, 'GET', '/session')).json().token.id).toBe(token.id);
  });

  test('keeps the secret before for the grace, and no longer', async () => {
    const { token, secret } = await make({});
    const renewed = await admin.send('POST', `/tokens/${token.id}/rotation`, { graceHours: 2 });
    expect(new Date(renewed.json().token.previousUntil).getTime() - now()).toBeGreaterThan(1.9 * hour);
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(200);
    const again = await admin.send('POST', `/tokens/${token.id}/rotation`, { graceHours: 2 });
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(401);
    expect((await as(renewed.json().secret, 'GET', '/session')).statusCode).toBe(200);
    server.later(2 * hour + 1);
    await proveAgain(admin);
    expect((await as(renewed.json().secret, 'GET', '/session')).statusCode).toBe(401);
    expect((await listed(token.id))?.previousUntil).toBeNull();
    expect((await as(again.json().secret, 'GET', '/session')).statusCode).toBe(200);
    expect((await admin.send('DELETE', `/tokens/${token.id}`)).statusCode).toBe(204);
    expect((await as(again.json().secret, 'GET', '/session')).statusCode).toBe(401);
  });

  test('puts whoever gets the new secret behind it, beside its maker, in every list', async () => {
    const { token } = await make({});
    const second = await signedIn(server, admin.organisation, ['admin', 'aims-manager'], { name: 'Second' });
    const turned = await second.send('POST', `/tokens/${token.id}/rotation`, {});
    const both = [
      { id: admin.id, name: 'Head of compliance' },
      { id: second.id, name: 'Second' },
    ];
    expect([turned.json().token.madeBy, (await listed(token.id))?.madeBy]).toEqual([both, both]);
    // Their secret ends with their access, as that of its maker does.
    const ended = admin.send('PATCH', `/members/${second.id}`, { active: false });
    await agreed(server, admin.organisation, ended);
    expect((await as(turned.json().secret, 'GET', '/session')).statusCode).toBe(401);
  });

  test('gives another end where one is named, never beyond what is allowed, and wakes no token that ended', async () => {
    const { token } = await make({});
    const at = (days: number) => new Date(now() + days * day).toISOString();
    const turn = (body: object) => admin.send('POST', `/tokens/${token.id}/rotation`, body);
    expect((await turn({ expiresAt: at(200) })).json().token.expiresAt.slice(0, 10)).toBe(
      at(200).slice(0, 10),
    );
    expect((await turn({ expiresAt: at(400) })).statusCode).toBe(422);
    expect((await turn({ graceHours: 169 })).statusCode).toBe(422);
    await admin.send('DELETE', `/tokens/${token.id}`);
    expect(said(await turn({}))).toEqual([409, 'conflict']);
    const short = await make({ expiresAt: new Date(now() + hour).toISOString() });
    server.later(hour + 1);
    await proveAgain(admin);
    expect(said(await admin.send('POST', `/tokens/${short.token.id}/rotation`, {}))).toEqual([
      409,
      'conflict',
    ]);
  });
});

describe('a service account', () => {
  test('stands among the people, with the person who answers for it, and its tokens in its name', async () => {
    const sync = await account();
    expect(sync).toMatchObject({
      roles: ['contributor', 'reader'],
      active: true,
      service: { owner: { id: manager.id, name: 'AIMS manager' } },
    });
    const members: MemberWire[] = (await admin.send('GET', '/members')).json().items;
    expect(members.find((one) => one.id === sync.id)?.service).toEqual(sync.service);
    expect(members.find((one) => one.id === admin.id)).not.toHaveProperty('service');
    const { token, secret } = await make({ name: 'Nightly', roles: ['contributor'], service: sync.id });
    expect(token.service).toEqual({ id: sync.id, name: 'Inventory sync' });
    const made = (await as(secret, 'POST', '/systems', { fields: { name: 'Pricing' } })).json().record;
    const history = (await manager.send('GET', `/systems/${made.ref}/history`)).json().items;
    expect(history[0]).toMatchObject({ by: { type: 'token' }, byName: 'Inventory sync, Nightly' });
    const log = (await manager.send('GET', `/log?record=${made.ref}`)).json().items;
    expect(log[0].byName).toBe('Inventory sync, Nightly');
    const behind = await server.store.readWhole(admin.organisation, (reader) =>
      behindTokens(reader, [token.id]),
    );
    expect(behind.get(token.id)).toEqual([admin.id, manager.id]);
  });

  test('its tokens have its roles at most, also when it loses some', async () => {
    const sync = await account();
    const body = { name: 'X', roles: ['aims-manager'], service: sync.id };
    const more = await admin.send('POST', '/tokens', body);
    expect(more.json().errors).toEqual([
      { at: 'roles', message: 'The service account does not have these roles: aims-manager.' },
    ]);
    const { secret } = await make({ roles: ['contributor', 'reader'], service: sync.id });
    const rolesNow = async () => (await as(secret, 'GET', '/session')).json().roles;
    expect(await rolesNow()).toEqual(['contributor', 'reader']);
    await admin.send('PATCH', `/members/${sync.id}`, { roles: ['reader'] });
    expect(await rolesNow()).toEqual(['reader']);
  });

  test('takes its tokens with it when it ends, and gives none back', async () => {
    const sync = await account();
    const { token, secret } = await make({ roles: ['reader'], service: sync.id });
    await admin.send('PATCH', `/members/${sync.id}`, { active: false });
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(401);
    expect((await listed(token.id))?.revokedAt).not.toBeNull();
    const later = { name: 'X', roles: ['reader'], service: sync.id };
    expect((await admin.send('POST', '/tokens', later)).json().errors[0].at).toBe('service');
    await admin.send('PATCH', `/members/${sync.id}`, { active: true });
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(401);
  });

  test('its last day is that of its tokens', async () => {
    const until = new Date(now() + 2 * day).toISOString().slice(0, 10);
    const sync = await account({ until });
    const { secret } = await make({ roles: ['reader'], service: sync.id });
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(200);
    server.later(4 * day);
    expect((await as(secret, 'GET', '/session')).statusCode).toBe(401);
    // The sessions of this file end in the meantime.
    server.later(-4 * day);
  });

  test('is named as without owner once that person left, until somebody else answers', async () => {
    const leaver = await signedIn(server, admin.organisation, ['contributor'], { name: 'Data engineer' });
    const sync = await account({ owner: leaver.id });
    await admin.send('PATCH', `/members/${leaver.id}`, { active: false });
    const shown = async () => (await admin.send('GET', `/members/${sync.id}`)).json().service;
    expect(await shown()).toEqual({ owner: null });
    const other = await account();
    const back = await admin.send('PATCH', `/members/${other.id}`, { owner: leaver.id });
    expect(back.json().errors[0].at).toBe('owner');
    await admin.send('PATCH', `/members/${sync.id}`, { owner: manager.id });
    expect(await shown()).toEqual({ owner: { id: manager.id, name: 'AIMS manager' } });
  });

  test('is nobody: it owns no record, answers for no other account, and nobody answers for a person', async () => {
    const sync = await account();
    const owned = await manager.send('POST', '/systems', { fields: { name: 'X', owner: sync.id } });
    expect(owned.json().errors[0].at).toBe('fields.owner');
    const body = { name: 'Y', owner: sync.id, roles: ['reader'] };
    expect((await admin.send('POST', '/service-accounts', body)).json().errors[0].at).toBe('owner');
    const person = await admin.send('PATCH', `/members/${manager.id}`, { owner: admin.id });
    expect(person.json().errors).toEqual([{ at: 'owner', message: 'Nobody else answers for a person.' }]);
    expect((await admin.send('POST', `/members/${sync.id}/invitation`, {})).statusCode).toBe(409);
    const grants = [
      { level: 'high', dimension: 'gate', holder: { member: sync.id }, delegate: null, until: null },
    ];
    await proveAgain(manager);
    expect((await manager.send('PUT', '/authority', { grants })).statusCode).toBe(422);
  });

  test('with the role of an administrator it does not keep the last person of that role from being needed', async () => {
    await account({ name: 'Admin bot', roles: ['admin'], reason: aloneReason });
    const answer = await admin.send('PATCH', `/members/${admin.id}`, { roles: ['reader'] });
    expect(said(answer)).toEqual([409, 'conflict']);
  });
});

test('a token whose account ended acts no more, also where its own row says it works', async () => {
  const sync = await account();
  const { secret } = await make({ roles: ['reader'], service: sync.id });
  await server.store.owner.query('update member set active = false where id = $1', [sync.id]);
  expect(await tokenOf(server.store, secretHash(secret))).toMatchObject({ service_active: false });
  expect((await as(secret, 'GET', '/session')).statusCode).toBe(401);
  await server.store.owner.query('update member set active = true where id = $1', [sync.id]);
});

test('every change of tokens and accounts is an entry, and each row is what its newest entry says', async () => {
  const other = await testServer();
  const first = await firstAdministrator(other);
  const keys = await keyedSigning(other.store);
  const person = await signedIn(other, first.organisation, ['aims-manager']);
  const body = { name: 'Sync', owner: person.id, roles: ['reader'] };
  const sync = (await first.send('POST', '/service-accounts', body)).json();
  const token = { name: 'Nightly', roles: ['reader'], service: sync.id, scope: { acts: 'read-only' } };
  const { id } = (await first.send('POST', '/tokens', token)).json().token;
  await first.send('POST', `/tokens/${id}/rotation`, { graceHours: 5 });
  await first.send('PATCH', `/members/${sync.id}`, { owner: first.id });
  const kept = await tokenAgent(other, first.organisation, ['reader']);
  await first.send('DELETE', `/tokens/${kept.id}`);
  await publish(other, keys);
  expect(await found(other, first.organisation)).toEqual([]);
  const acts = (await first.send('GET', '/log?limit=50')).json().items.map((one: { act: string }) => one.act);
  expect(acts).toEqual(expect.arrayContaining(['token.created', 'token.rotated', 'token.revoked']));
  const forged: readonly (readonly [string, RegExp])[] = [
    [
      `update token set scope = '{"kinds":"all","acts":"all"}' where id = $1`,
      /content-differs token\..*scope/,
    ],
    ['update token set scope = null where id = $1', /content-differs token\./],
    [`update token set previous_until = now() + interval '9 years' where id = $1`, /content-differs token\./],
    ['update token set previous_hash = sha256(token_hash) where id = $1', /content-differs token\./],
    ['update token set service = null where id = $1', /row-differs token\.service/],
    ["update token set behind = '{}' where id = $1", /content-differs token\./],
  ];
  for (const [change, fault] of forged) {
    await other.store.owner.query('begin; create table kept as select * from token; commit');
    await other.store.owner.query(change, [id]);
    expect((await found(other, first.organisation)).join('\n')).toMatch(fault);
    await other.store.owner.query('delete from token; insert into token select * from kept; drop table kept');
  }
  await other.store.owner.query('update member set owner = null where id = $1', [sync.id]);
  expect((await found(other, first.organisation)).join('\n')).toMatch(/row-differs member\.owner/);
  await other.store.owner.query("update member set type = 'person', owner = $2 where id = $1", [
    sync.id,
    first.id,
  ]);
  expect((await found(other, first.organisation)).join('\n')).toMatch(/row-differs member\.type/);
  keys.close();
  await closeUnfailed(other);
});
