import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  agreed,
  closeUnfailed,
  signedIn,
  startedServer,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
});
afterAll(() => closeUnfailed(server));

const entries = async (act: string): Promise<LogEntryWire[]> =>
  (await admin.send('GET', `/log?act=${act}`)).json().items;

test('an entry names whom it is about and the roles that it gives; whoever acts on themselves is named once', async () => {
  const head = await signedIn(server, admin.organisation, ['reader'], { name: 'Head of claims' });
  await admin.send('PATCH', `/members/${head.id}`, { roles: ['risk-owner'] });
  const [changed] = await entries('member.changed');
  expect(changed).toMatchObject({ about: [{ id: head.id, name: 'Head of claims' }], roles: ['risk-owner'] });
  const group = (
    await admin.send('POST', '/groups', { name: 'Claims', roles: ['contributor'], members: [head.id] })
  ).json();
  const [begun] = await entries('membership.begun');
  expect(begun?.about).toEqual([
    { id: group.id, name: 'Claims' },
    { id: head.id, name: 'Head of claims' },
  ]);
  await admin.send('POST', '/tokens', { name: 'Sync', roles: ['reader'] });
  const [made] = await entries('token.created');
  expect(made?.about.map(({ name }) => name)).toEqual(['Sync']);
  await admin.send('POST', `/members/${admin.id}/export`, {});
  for (const one of (await admin.send('GET', '/log?limit=500')).json().items)
    if (one.roles === undefined)
      expect(one.about.map(({ id }: { id: string }) => id)).not.toContain(one.by.id);
});

test('what two hands did says so, and names no import', async () => {
  await signedIn(server, admin.organisation, ['admin'], { name: 'Head of operations' });
  const grants = [{ level: 'high', dimension: 'release', holder: { role: 'top-management' } }];
  await agreed(server, admin.organisation, admin.send('PUT', '/authority', { grants }));
  const [set] = await entries('authority.set');
  expect(set).toMatchObject({ cause: 'proposal' });
  expect(set?.because).toMatch(/^[0-9a-f-]{36}$/);
});
