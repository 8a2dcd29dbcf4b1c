import type { MemberWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  ifMatch,
  record,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';

/** More people than one page holds: provisioning brings them. */
let server: TestServer;
let admin: Agent;
const many = 520;

beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  await server.store.owner.query(
    `insert into member (organisation, id, name, roles, created_at)
      select $1, gen_random_uuid(), 'User ' || lpad(n::text, 4, '0'), '{reader}', now() from generate_series(1, $2) n`,
    [admin.organisation, many],
  );
});
afterAll(() => closeUnfailed(server));

test('everybody is on one page of the people or another, once, by name', async () => {
  const seen: MemberWire[] = [];
  let path: string | undefined = '/members?limit=200';
  while (path !== undefined) {
    const { items, next }: { items: MemberWire[]; next?: string } = (await admin.send('GET', path)).json();
    expect(items.length).toBeLessThanOrEqual(200);
    seen.push(...items);
    path = next === undefined ? undefined : `/members?limit=200&cursor=${next}`;
  }
  expect(seen).toHaveLength(many + 1);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(many + 1);
  const users = seen.map(({ name }) => name).filter((name) => name.startsWith('User '));
  expect(users).toEqual(users.toSorted());
  const one: { items: MemberWire[]; next?: string } = (
    await admin.send('GET', '/members?q=User%200519')
  ).json();
  expect(one.items).toHaveLength(1);
  expect(one.next).toBeUndefined();
});

test.each(['abc', '1'])('the cursor %s is none that a page gave', async (cursor) => {
  expect((await admin.send('GET', `/members?cursor=${cursor}`)).statusCode).toBe(422);
});

test('the other administrator is found behind any number of names: what one wrote, the other erases', async () => {
  const { ref, version } = await record(admin, 'systems', { name: 'Made by mistake' });
  await admin.send('POST', `/systems/${ref}/archive`, {}, ifMatch(version));
  const other = await signedIn(server, admin.organisation, ['admin'], { name: 'Zz administrator' });
  const erase = (who: Agent) =>
    who.send('POST', `/systems/${ref}/erase`, { reason: 'mistake' }, ifMatch(version + 1));
  const refused = await erase(admin);
  expect(refused.statusCode).toBe(403);
  expect(refused.json().facts).toMatchObject({ people: [{ id: other.id, name: 'Zz administrator' }] });
  expect((await erase(other)).statusCode).toBe(200);
});

test('a refusal names who could, behind any number of names of those who could not', async () => {
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const manager = await signedIn(server, admin.organisation, ['aims-manager'], { name: 'Zz manager' });
  const { ref } = await record(manager, 'systems', { name: 'Claims triage' });
  const { abilities } = (await reader.send('GET', `/systems/${ref}`)).json();
  expect(abilities.edit.allowed).toBe(false);
  expect(abilities.edit.people).toContainEqual({ id: manager.id, name: 'Zz manager' });
});
