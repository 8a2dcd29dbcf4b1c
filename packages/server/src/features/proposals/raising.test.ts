import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  organisation,
  signedIn,
  startedServer,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let one: Agent;
let other: Agent;
beforeAll(async () => {
  ({ server } = await startedServer());
  const office = await organisation(server, 'Office of two');
  one = await signedIn(server, office, ['admin', 'aims-manager'], { name: 'Head of operations' });
  other = await signedIn(server, office, ['admin'], { name: 'Head of compliance' });
});
afterAll(() => closeUnfailed(server));

const roles = async (who: Agent) => (await who.send('GET', '/session')).json().roles;
const patch = (who: Agent, id: string, body: object) => who.send('PATCH', `/members/${id}`, body);
const confirm = async (who: Agent, id: string) =>
  (await who.send('POST', `/proposals/${id}/confirm`)).statusCode;
const end = (who: Agent, id: string) =>
  who.send('POST', `/proposals/${id}/end`, { reason: 'It was a try of ours.' });
/** That an answer waits, that its proposer cannot confirm it, and that it is over then. */
async function waited(answer: Awaited<ReturnType<Agent['send']>>): Promise<void> {
  const { waits } = answer.json();
  expect([answer.statusCode, waits]).toEqual([expect.any(Number), expect.any(String)]);
  expect(await confirm(one, waits)).toBe(403);
  expect((await end(one, waits)).statusCode).toBe(200);
}

describe('nobody raises alone what they may do themselves', () => {
  test('by a role', async () => {
    const answer = await patch(one, one.id, { roles: ['admin', 'aims-manager', 'top-management'] });
    expect(answer.statusCode).toBe(202);
    expect(await roles(one)).toEqual(['admin', 'aims-manager']);
    expect(await confirm(one, answer.json().waits)).toBe(403);
    expect(await confirm(other, answer.json().waits)).toBe(200);
    expect(await roles(one)).toEqual(['admin', 'aims-manager', 'top-management']);
    // What one gives up, or has already, takes no second hand.
    expect((await patch(one, one.id, { roles: ['admin', 'aims-manager'] })).statusCode).toBe(200);
    // For longer is more, too.
    expect((await patch(other, one.id, { until: '2999-06-30' })).statusCode).toBe(202);
  });

  test('by a group that one makes with oneself in it, which stands without the roles', async () => {
    const body = { name: 'Board', roles: ['top-management', 'aims-manager'], members: [one.id] };
    const made = await one.send('POST', '/groups', body);
    expect([made.statusCode, made.json().roles]).toEqual([201, ['aims-manager']]);
    expect(await roles(one)).toEqual(['admin', 'aims-manager']);
    await waited(made);
  });

  test('by a group that one joins, or whose roles one changes', async () => {
    const path = `/groups/${(await one.send('POST', '/groups', { name: 'Owners', roles: ['top-management'] })).json().id}`;
    await waited(await one.send('PATCH', path, { add: [one.id] }));
    // By another's hand it is nobody's own raise.
    expect((await other.send('PATCH', path, { add: [one.id] })).statusCode).toBe(200);
    await waited(await one.send('PATCH', path, { roles: ['top-management', 'risk-owner'] }));
    expect((await one.send('PATCH', path, { roles: [] })).statusCode).toBe(200);
    expect(await roles(one)).toEqual(['admin', 'aims-manager']);
  });

  test('by a second account of one’s own, and giving it access again', async () => {
    const twin = await signedIn(server, one.organisation, ['reader'], { name: 'Head of operations, too' });
    expect((await patch(one, twin.id, { roles: ['risk-owner'] })).statusCode).toBe(200);
    const declared = await other.send('POST', '/same-persons', { members: [one.id, twin.id] });
    expect(declared.statusCode).toBe(201);
    await waited(await patch(one, twin.id, { roles: ['top-management'] }));
    expect((await patch(one, twin.id, { active: false })).statusCode).toBe(200);
    await waited(await patch(one, twin.id, { active: true }));
    expect((await patch(other, twin.id, { active: true, roles: ['top-management'] })).statusCode).toBe(200);
  });

  test('by a program of theirs', async () => {
    const made = await one.send('POST', '/tokens', { name: 'Roles', roles: ['admin'] });
    const headers = { authorization: `Bearer ${made.json().secret}` };
    const answer = await server.app.inject({
      method: 'PATCH',
      url: `/api/v1/members/${one.id}`,
      headers,
      payload: { roles: ['admin', 'top-management'] },
    });
    await waited(answer);
  });

  test('nor whom they let in to a role that the table of authority names', async () => {
    const invite = (who: Agent, email: string, given: readonly string[]) =>
      who.send('POST', '/members', { name: 'Deputy director', email, roles: given });
    const before = await invite(one, 'before@example.org', ['top-management', 'reader']);
    expect(before.json()).not.toHaveProperty('waits');
    const line = { level: 'severe', dimension: 'residual_risk', holder: { role: 'top-management' } };
    const table = (await one.send('PUT', '/authority', { grants: [line] })).json().waits;
    expect(await confirm(other, table)).toBe(200);

    const invited = await invite(one, 'after@example.org', ['top-management', 'reader']);
    expect(invited.statusCode).toBe(201);
    const { member, waits } = invited.json();
    const listed = (await one.send('GET', `/members/${member}`)).json();
    expect([listed.roles, waits]).toEqual([['reader'], expect.any(String)]);
    await end(one, waits);
    // Later, directly or by a group, as well; another role, and another's hand, do not wait.
    expect((await patch(one, member, { roles: ['reader', 'contributor'] })).statusCode).toBe(200);
    await waited(await patch(one, member, { roles: ['top-management'] }));
    const board = { name: 'Directors', roles: ['top-management'], members: [member] };
    await waited(await one.send('POST', '/groups', board));
    expect((await patch(other, member, { roles: ['top-management'] })).statusCode).toBe(200);
  });
});

test('with one administrator it takes effect at once, with a reason that stays listed', async () => {
  const sole = await signedIn(server, await organisation(server, 'Office of one'), ['admin']);
  const body = { roles: ['admin', 'top-management'] };
  const refused = await patch(sole, sole.id, body);
  expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'reason']);
  const reason = 'I am the whole management.';
  expect((await patch(sole, sole.id, { ...body, reason })).statusCode).toBe(200);
  expect((await sole.send('GET', '/proposals')).json().items[0]).toMatchObject({
    state: 'alone',
    reason,
    about: { member: sole.id },
  });
});
