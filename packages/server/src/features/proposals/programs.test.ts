import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Agent,
  aloneReason,
  closeUnfailed,
  organisation,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
} from '../../../test/factories.ts';

/** A program is a hand of those behind it, and never one more or one less. */
let server: TestServer;
let one: Agent;
let other: Agent;
beforeAll(async () => {
  ({ server } = await startedServer());
});
afterAll(() => closeUnfailed(server));
beforeEach(async () => {
  const office = await organisation(server, 'Office of two');
  one = await signedIn(server, office, ['admin'], { name: 'Head of operations' });
  other = await signedIn(server, office, ['admin', 'aims-manager'], { name: 'Head of compliance' });
});

type Answer = Awaited<ReturnType<Agent['send']>>;
const said = (answer: Answer) => [answer.statusCode, answer.json().code];
const account = (who: Agent, input: object) =>
  who.send('POST', '/service-accounts', { name: 'Nightly', owner: who.id, roles: ['reader'], ...input });
const rolesOf = async (id: string) => (await one.send('GET', `/members/${id}`)).json().roles;
const confirm = (who: Agent, id: string) => who.send('POST', `/proposals/${id}/confirm`);
const table = { grants: [{ level: 'severe', dimension: 'residual_risk', holder: { role: 'aims-manager' } }] };

/** Sends as a token of a service account that administers and that the other one answers for, as two hands let it. */
async function program() {
  const made = (await account(one, { owner: other.id, roles: ['admin'] })).json();
  expect((await confirm(other, made.waits)).statusCode).toBe(200);
  const token = await one.send('POST', '/tokens', { name: 'Bot', roles: ['admin'], service: made.id });
  const headers = { authorization: `Bearer ${token.json().secret}` };
  const send = (method: 'PUT' | 'PATCH', path: string, body: object) =>
    stranger(server).send(method, path, body, { headers });
  return { id: made.id as string, send };
}

describe('an account that whoever makes it could raise themselves by', () => {
  test('administers once another person confirms it, whoever is named as answering for it', async () => {
    const made = await account(one, { owner: other.id, roles: ['admin', 'reader'] });
    const { id, roles, waits } = made.json();
    expect([made.statusCode, roles, waits]).toEqual([201, ['reader'], expect.any(String)]);
    const body = { name: 'Bot', roles: ['admin'], service: id };
    expect(said(await one.send('POST', '/tokens', body))).toEqual([422, 'unprocessable']);
    expect(said(await confirm(one, waits))).toEqual([403, 'forbidden']);
    expect((await confirm(other, waits)).statusCode).toBe(200);
    expect(await rolesOf(id)).toEqual(['admin', 'reader']);
  });

  test('gets no role that they do not have by one hand, at once or later; what they have, it does', async () => {
    const { id, roles, waits } = (await account(one, { roles: ['reader', 'aims-manager'] })).json();
    expect([roles, waits]).toEqual([['reader'], expect.any(String)]);
    const end = (id: string) => one.send('POST', `/proposals/${id}/end`, { reason: 'It was a try of ours.' });
    await end(waits);
    const more = { roles: ['reader', 'aims-manager'] };
    const later = await one.send('PATCH', `/members/${id}`, more);
    expect(later.statusCode).toBe(202);
    await end(later.json().waits);
    expect((await other.send('PATCH', `/members/${id}`, more)).statusCode).toBe(200);
    // Access given back gives its roles anew.
    await one.send('PATCH', `/members/${id}`, { active: false });
    expect((await one.send('PATCH', `/members/${id}`, { active: true })).statusCode).toBe(202);
  });

  test('with one administrator takes effect at once, with a reason that stays listed', async () => {
    const sole = await signedIn(server, await organisation(server, 'Office of one'), ['admin']);
    const refused = await account(sole, { roles: ['contributor'] });
    expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'reason']);
    const made = await account(sole, { roles: ['contributor'], reason: aloneReason });
    expect([made.statusCode, made.json().roles]).toEqual([201, ['contributor']]);
  });
});

describe('a program behind which the other administrator is named', () => {
  test('does nothing alone that takes two hands', async () => {
    const { send } = await program();
    const stepUp = { stepUp: { minutes: 720, everyone: false }, reason: aloneReason };
    for (const answer of [
      await send('PUT', '/authority', { ...table, reason: aloneReason }),
      await send('PATCH', '/organisation', stepUp),
      await send('PATCH', `/members/${other.id}`, { roles: ['reader'], reason: aloneReason }),
      await send('PATCH', `/members/${one.id}`, { active: false, reason: aloneReason }),
      await send('PATCH', `/members/${one.id}`, { roles: ['admin', 'risk-owner'], reason: aloneReason }),
    ])
      expect(said(answer)).toEqual([403, 'forbidden']);
    expect(await rolesOf(other.id)).toEqual(['admin', 'aims-manager']);
  });

  test('what it asks for is confirmed by a person who is behind none of it', async () => {
    const { send } = await program();
    const third = await signedIn(server, one.organisation, ['admin'], { name: 'Head of legal' });
    const answer = await send('PUT', '/authority', table);
    expect(answer.statusCode).toBe(202);
    for (const who of [one, other])
      expect(said(await confirm(who, answer.json().waits))).toEqual([403, 'forbidden']);
    expect((await confirm(third, answer.json().waits)).statusCode).toBe(200);
  });

  test('that somebody else answers for it takes two hands, unless they take it upon themselves', async () => {
    const { id } = await program();
    const hand = (who: Agent, owner: string) => who.send('PATCH', `/members/${id}`, { owner });
    expect((await hand(one, one.id)).statusCode).toBe(200);
    const waits = (await hand(one, other.id)).json().waits;
    const shown = (await other.send('GET', '/proposals')).json().items[0];
    expect(shown.rights).toMatchObject({ gains: [], answers: { member: other.id } });
    expect((await confirm(other, waits)).statusCode).toBe(200);
    expect((await one.send('GET', `/members/${id}`)).json().service.owner.id).toBe(other.id);
    // One that administers nothing is handed on by one hand.
    const plain = (await account(one, {})).json().id;
    expect((await one.send('PATCH', `/members/${plain}`, { owner: other.id })).statusCode).toBe(200);
  });
});

test('a token has no role that whoever makes it, or gives it another secret, does not have', async () => {
  const make = (who: Agent, roles: readonly string[]) => who.send('POST', '/tokens', { name: 'CI', roles });
  expect(said(await make(one, ['aims-manager']))).toEqual([403, 'forbidden']);
  expect((await make(one, ['admin', 'reader'])).statusCode).toBe(201);
  const { id } = (await make(other, ['aims-manager'])).json().token;
  expect(said(await one.send('POST', `/tokens/${id}/rotation`, {}))).toEqual([403, 'forbidden']);
  expect((await other.send('POST', `/tokens/${id}/rotation`, {})).statusCode).toBe(201);
  // Of a service account it has what that has: by whoever has it, or by two hands.
  const service = (await account(other, { roles: ['aims-manager'] })).json().id;
  const body = { name: 'CI', roles: ['aims-manager'], service };
  expect((await one.send('POST', '/tokens', body)).statusCode).toBe(201);
});
