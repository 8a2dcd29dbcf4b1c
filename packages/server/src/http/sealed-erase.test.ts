import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  startedServer,
  type TestServer,
} from '../../test/factories.ts';

let server: TestServer;
let admin: Agent;
let handler: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
  handler = await signedIn(server, admin.organisation, ['contributor'], { name: 'Head of claims' });
});
afterAll(() => closeUnfailed(server));

const secret = 'Zephyrine of the mailroom';
const send = async (who: Agent, path: string, body: object, method: 'POST' | 'PATCH' = 'POST') => {
  const reader = await who.send('GET', path.split('/').slice(0, 3).join('/'));
  return who.send(method, path, body, ifMatch(reader.json().version ?? 1));
};
const erase = { reason: 'person-asked' };

test('what a concern says of a person is erased by the administrator whom its handler lets in, and by no other way', async () => {
  const made = await record(handler, 'concerns', { name: secret, description: secret, handler: handler.id });
  const path = `/concerns/${made.ref}`;
  // Whoever handles it is told who does it and how; an administrator is told nothing at all.
  expect((await handler.send('GET', path)).json().abilities.erase).toMatchObject({
    allowed: false,
    reason: expect.stringContaining('whom you name as its handler'),
    who: ['admin'],
  });
  expect((await send(handler, `${path}/erase`, erase)).json().detail).toContain(
    'whom you name as its handler',
  );
  expect((await send(admin, `${path}/erase`, erase)).statusCode).toBe(404);
  expect((await send(handler, path, { fields: { handler: admin.id } }, 'PATCH')).statusCode).toBe(200);
  expect((await send(admin, `${path}/erase`, erase)).statusCode).toBe(409);
  expect((await send(admin, `${path}/archive`, {})).statusCode).toBe(200);
  expect((await send(admin, `${path}/erase`, erase)).statusCode).toBe(200);
  const { rows } = await server.store.owner.query<{ said: string }>(
    `select r::text as said from record r where id = $1 union all select v::text from revision v where record = $1`,
    [made.id],
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.filter(({ said }) => said.includes('Zephyrine'))).toEqual([]);
});

test('what a working paper says is erased by the administrator whom the team takes in', async () => {
  const auditor = await signedIn(server, admin.organisation, ['internal-auditor'], { name: 'Lead auditor' });
  const audit = await record(auditor, 'audits', { name: 'Audit of claims', lead: auditor.id });
  const links = { audit: { set: [audit.id] } };
  const paper = await record(auditor, 'working-papers', { name: secret, author: auditor.id }, links);
  const path = `/working-papers/${paper.ref}`;
  expect((await auditor.send('GET', path)).json().abilities.erase.reason).toContain('whom the team takes in');
  expect((await send(admin, `${path}/erase`, erase)).statusCode).toBe(404);
  const team = { fields: { independenceRows: [{ auditor: admin.id, state: 'conflict', on: '2026-04-30' }] } };
  expect((await send(auditor, `/audits/${audit.ref}`, team, 'PATCH')).statusCode).toBe(200);
  expect((await send(auditor, `${path}/archive`, {})).statusCode).toBe(200);
  expect((await send(admin, `${path}/erase`, erase)).statusCode).toBe(200);
});
