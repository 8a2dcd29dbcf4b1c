import { roles } from '@throughline/domain/permissions.ts';
import { TOTP } from 'otpauth';
import { expect } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { newSecret } from '../../src/store/secret.ts';
import { startSession } from '../../src/store/sessions.ts';
import { authenticator } from '../authenticator.ts';
import { type Agent, agentOf, cookieHeaders, password } from '../factories.ts';
import { softPasskey } from '../passkey.ts';
import { secretOf } from '../secret-of.ts';
import { nowhereId, type Row, type Rows } from './row.ts';
import type { World } from './world.ts';

const noTokens: Pick<Row, 'refused'> = { refused: { as: 'token', who: [] } };
/** Whatever their role, nobody takes a step, a session or a factor of somebody else, nor one that they do not have. */
const notOthers = (status: number): Pick<Row, 'roles'> => ({
  roles: Object.fromEntries(roles.map((role) => [role, status])),
});
let joined = 0;

/** Somebody with a password of their own, as an invitation makes them. */
async function newcomer(world: World): Promise<Agent> {
  joined += 1;
  const person = { name: 'Head of claims', email: `joined-${joined}@example.org`, roles: ['reader'] };
  const { link } = (await world.manager.send('POST', '/members', person)).json();
  const token = secretOf(link);
  const entered = await world.nobody.send('POST', '/invitations/accept', { token, password });
  const cookie = entered.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  const { member, organisation } = entered.json();
  return agentOf(world.server, cookieHeaders(cookie), organisation.id, member.id);
}

/** A second session of the manager: the one that asks must outlive the case. */
async function otherSession({ server, manager }: World): Promise<string> {
  const { rows } = await server.store.owner.query<{ person: string }>(
    'select person from member where id = $1',
    [manager.id],
  );
  const [id, at, person] = [newId(), server.services.clock(), rows[0]?.person ?? ''];
  const actor = { type: 'rule', rule: 'test' } as const;
  const ctx = { organisation: manager.organisation, actor, at, because: null, request: null };
  const expiresAt = new Date(at.getTime() + 3_600_000);
  await server.store.change(ctx, (write) =>
    startSession(write, { id, hash: newSecret().hash, person, member: manager.id, expiresAt }),
  );
  return id;
}

const begun = async (world: World, path: string) =>
  JSON.stringify((await world.manager.send('POST', path)).json());
/** What was begun; where a case begins nothing, something of its shape. */
const read = (made: string) =>
  JSON.parse(made === '' ? '{"step":"none","secret":"AAAAAAAA","options":{"challenge":"AAAA"}}' : made);
let proving: Agent;
let holding: Agent;

/** How one signs in: the door's second step, and each person's own account. */
export const accountRows: Rows = {
  'POST /session/passkey': {
    path: () => '/session/passkey',
    refused: null,
    works: 200,
    says: (answer) =>
      expect(answer.json()).toMatchObject({ methods: ['passkey'], passkey: { rpId: 'localhost' } }),
  },
  'POST /session/step': {
    path: () => '/session/step',
    body: () => ({ step: 'unknown', code: '123456', organisation: nowhereId }),
    refused: null,
    // A step that nobody began; that a right one lets in is tested beside the account.
    works: 409,
  },
  'POST /session/proof/begin': {
    path: () => '/session/proof/begin',
    ...noTokens,
    works: 200,
    by: newcomer,
    says: (answer) => expect(answer.json()).toMatchObject({ methods: ['password'], passkey: null }),
  },
  'POST /session/proof': {
    ...notOthers(409),
    thing: async (world) => {
      proving = await newcomer(world);
      return (await proving.send('POST', '/session/proof/begin')).json().step;
    },
    path: () => '/session/proof',
    body: (_world, step) => ({ step, password }),
    by: () => proving,
    ...noTokens,
    works: 204,
  },
  'GET /account': {
    path: () => '/account',
    ...noTokens,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ passkeysAt: 'http://localhost:4270' }),
  },
  'PUT /account/password': {
    ...notOthers(422),
    path: () => '/account/password',
    body: () => ({ current: password, next: 'a long walk along the quay' }),
    by: newcomer,
    ...noTokens,
    works: 204,
  },
  'DELETE /account/sessions/:id': {
    ...notOthers(404),
    thing: otherSession,
    path: (id) => `/account/sessions/${id}`,
    ...noTokens,
    nowhere: nowhereId,
    works: 204,
    says: async (_answer, world, id) => {
      const { sessions } = (await world.manager.send('GET', '/account')).json();
      expect(sessions.map((one: { id: string }) => one.id)).not.toContain(id);
    },
  },
  'DELETE /account/sessions': {
    path: () => '/account/sessions',
    by: newcomer,
    ...noTokens,
    works: 204,
  },
  'POST /account/totp/begin': {
    path: () => '/account/totp/begin',
    ...noTokens,
    works: 200,
    says: (answer) => expect(answer.json().uri).toMatch(/^otpauth:\/\/totp\/Throughline/),
  },
  'POST /account/totp': {
    ...notOthers(409),
    thing: (world) => begun(world, '/account/totp/begin'),
    path: () => '/account/totp',
    body: (world, made) => {
      const { step, secret } = read(made);
      const timestamp = world.server.services.clock().getTime();
      return { step, name: 'Telephone', code: new TOTP({ secret }).generate({ timestamp }) };
    },
    ...noTokens,
    works: 201,
    says: (answer) => {
      expect(answer.json().factor).toMatchObject({ kind: 'totp', name: 'Telephone', usedAt: null });
    },
  },
  'POST /account/recovery-codes': {
    ...notOthers(409),
    path: () => '/account/recovery-codes',
    by: async (world) => {
      const agent = await newcomer(world);
      await authenticator(world.server, agent).add();
      return agent;
    },
    ...noTokens,
    works: 201,
    says: (answer) => expect(new Set(answer.json().codes)).toHaveLength(10),
  },
  'DELETE /account/factors/:id': {
    ...notOthers(404),
    thing: async (world) => {
      holding = await newcomer(world);
      return authenticator(world.server, holding).add();
    },
    by: () => holding,
    path: (id) => `/account/factors/${id}`,
    ...noTokens,
    nowhere: nowhereId,
    works: 204,
  },
  'POST /account/passkeys/begin': {
    path: () => '/account/passkeys/begin',
    ...noTokens,
    works: 200,
    says: (answer) =>
      expect(answer.json().options).toMatchObject({ rp: { id: 'localhost' }, attestation: 'none' }),
  },
  'POST /account/passkeys': {
    ...notOthers(409),
    thing: (world) => begun(world, '/account/passkeys/begin'),
    path: () => '/account/passkeys',
    body: (_world, made) => {
      const { step, options } = read(made);
      return { step, name: 'Security key', passkey: softPasskey().create(options) };
    },
    ...noTokens,
    works: 201,
    says: (answer) => expect(answer.json().factor).toMatchObject({ kind: 'passkey', name: 'Security key' }),
  },
};
